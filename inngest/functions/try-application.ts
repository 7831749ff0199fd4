import type { Inngest } from "inngest";
import { giveUpTrial, tryApplication as run } from "@/lib/partner/application/try-application";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A partner wants to know whether the vendor accepts what was entered. Somebody watches, so it gives up soon. */
export function tryApplication(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "try-application", triggers: { event: "application/trial.wanted" }, retries: 1 },
    async ({ event, step, attempt }) => {
      const { trialId } = events["application/trial.wanted"].parse(event.data);
      return step
        .run("try", () => mapErrors(() => run(context, trialId), attempt, context.vendorRetryDelaysMs))
        .catch((error: unknown) => step.run("give up", () => giveUpTrial(context, trialId, String(error))));
    },
  );
}
