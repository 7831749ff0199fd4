import type { Inngest } from "inngest";
import { readGrant as read } from "@/lib/activation/grant/read-grant";
import { giveUpGrant } from "@/lib/activation/grant/refuse-grant";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A customer came back from the vendor: ask the vendor what was consented to. Somebody watches, so it gives up soon. */
export function readGrant(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "read-grant",
      triggers: { event: "grant/returned" },
      retries: 1,
      // The sweep asks again for consents whose job seems lost; one run at a time works on each.
      singleton: { key: "event.data.grantId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { grantId } = events["grant/returned"].parse(event.data);
      return step
        .run("read", () => mapErrors(() => read(context, grantId), attempt, context.vendorRetryDelaysMs))
        .catch((error: unknown) => step.run("refuse", () => giveUpGrant(context, grantId, String(error))));
    },
  );
}
