import { cron, type Inngest } from "inngest";
import { compareConnection, listDue } from "@/lib/connection/comparison/compare-connection";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Every hour those connections that were not compared within a day, one after the other and at most 500: the rest is for the next hour. */
export function compareConnections(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "compare-connections", triggers: [cron("41 * * * *")], retries: 1, concurrency: { limit: 1 } },
    async ({ step }) => {
      const ids = await step.run("choose", () => listDue(context, new Date()));
      for (const id of ids) await step.run(id, () => compareConnection(context, id));
    },
  );
}
