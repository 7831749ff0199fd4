import type { Inngest } from "inngest";
import { makeExport as make } from "@/lib/connection/export/make-export";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Makes the ZIP that a customer takes along from a connection. */
export function makeExport(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "make-export",
      triggers: { event: "connection/export.wanted" },
      retries: 2,
      concurrency: { limit: 2 },
    },
    async ({ event, step }) => {
      const { exportId } = events["connection/export.wanted"].parse(event.data);
      return step.run("make", () => make(context, exportId));
    },
  );
}
