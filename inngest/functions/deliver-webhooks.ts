import type { Inngest } from "inngest";
import { sendDue } from "@/lib/partner/webhook/send-due";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** A run of more steps hands over to a fresh one, so that none keeps a long history. */
const MAX_ROUNDS = 100;

/** Sends what is due at an endpoint and sleeps until the next attempt is. */
export function deliverWebhooks(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "deliver-webhooks", triggers: { event: "webhook/endpoint.due" }, retries: 4 },
    async ({ event, step }) => {
      const { endpointId } = events["webhook/endpoint.due"].parse(event.data);
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const next = await step.run("send", () => sendDue(context, endpointId));
        if (next === null) return;
        await step.sleepUntil("until the next attempt", next);
      }
      await step.run("hand over", () =>
        asSystem(context, "hand over webhooks", (tx) =>
          enqueueEvent(tx, "webhook/endpoint.due", { endpointId }),
        ),
      );
    },
  );
}
