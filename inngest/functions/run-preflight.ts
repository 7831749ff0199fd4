import type { Inngest } from "inngest";
import { events } from "@/lib/outbox/events";
import { runPreflight as run } from "@/lib/preflight/run-preflight";
import type { WorkerContext } from "@/lib/worker-context";
import { mapErrors } from "../map-error";

/** Checks the environments that the customer picked, while it looks at what it is about to submit. */
export function runPreflight(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "run-preflight", triggers: { event: "draft/preflight.wanted" }, retries: 4 },
    async ({ event, step, attempt }) => {
      const { draftId } = events["draft/preflight.wanted"].parse(event.data);
      await step.run("check", () =>
        mapErrors(() => run(context, draftId), attempt, context.vendorRetryDelaysMs),
      );
    },
  );
}
