import type { Inngest } from "inngest";
import { publishDue } from "@/lib/partner/specification/publish-due";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** A run for each time that was set; one that was set later is slept for again, one that was set earlier has a run of its own. */
const MAX_ROUNDS = 100;

/** Publishes an approved version at the time that its partner set. */
export function publishOnTime(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "publish-on-time", triggers: { event: "specification/publication.set" }, retries: 4 },
    async ({ event, step }) => {
      const { specificationId } = events["specification/publication.set"].parse(event.data);
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const next = await step.run("publish", () =>
          asSystem(context, "publish on time", (tx) => publishDue(tx, specificationId, new Date())),
        );
        if (next === null) return;
        await step.sleepUntil("until it is time", next);
      }
    },
  );
}
