import type { Inngest } from "inngest";
import { runPreflight as run } from "@/lib/activation/preflight/run-preflight";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
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
