import { cron, type Inngest } from "inngest";
import { reconcile as run } from "@/lib/operations/reconcile/reconcile";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** At each worker's start and hourly: what does not fit together is put right or named to the operator. */
export function reconcile(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "reconcile", triggers: [cron("17 * * * *"), { event: "worker/started" }], retries: 1 },
    ({ step }) => step.run("reconcile", () => run(context)),
  );
}
