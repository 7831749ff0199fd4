import { cron, type Inngest } from "inngest";
import { sweep as run } from "@/lib/operations/sweep/sweep";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Every five minutes: expired drafts and grants, requests that nobody works on, mails that were left behind. */
export function sweep(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction({ id: "sweep", triggers: [cron("*/5 * * * *")], retries: 0 }, ({ step }) =>
    step.run("sweep", () => run(context)),
  );
}
