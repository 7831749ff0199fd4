import type { Inngest } from "inngest";
import { readCalls } from "@/lib/connection/inbound/read-calls";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A vendor called: what it hints at is read there. A call that cannot be verified for now waits for the sweep. */
export function readVendorCalls(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "read-vendor-calls", triggers: { event: "vendor/called" }, retries: 2 },
    async ({ event, step, attempt }) => {
      const { vendorApplicationId } = events["vendor/called"].parse(event.data);
      return step.run("read", () =>
        mapErrors(() => readCalls(context, vendorApplicationId), attempt, context.vendorRetryDelaysMs),
      );
    },
  );
}
