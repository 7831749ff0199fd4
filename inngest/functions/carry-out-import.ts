import type { Inngest } from "inngest";
import { carryOutImport as carryOut } from "@/lib/connection/import/carry-out-import";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Makes a delivery of a file that a person sent on a page. */
export function carryOutImport(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "carry-out-import",
      triggers: { event: "delivery/import.wanted" },
      retries: 4,
      concurrency: { limit: 2 },
    },
    async ({ event, step }) => {
      const { importId } = events["delivery/import.wanted"].parse(event.data);
      await step.run("carry out", () => carryOut(context, importId));
    },
  );
}
