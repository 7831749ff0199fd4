import type { Inngest } from "inngest";
import { queueRetryAsked } from "@/lib/operations/mail/queue-retry-asked";
import { events } from "@/lib/platform/outbox/events";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** A partner's console does not see who is to be told: the worker does. */
export function askToRetry(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "ask-to-retry", triggers: { event: "request/retry.asked" }, retries: 4 },
    async ({ event, step }) => {
      const { requestId } = events["request/retry.asked"].parse(event.data);
      await step.run("queue the mail", () =>
        asSystem(context, "ask to retry", (tx) => queueRetryAsked(tx, requestId)),
      );
    },
  );
}
