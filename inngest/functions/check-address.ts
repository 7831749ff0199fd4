import type { Inngest } from "inngest";
import { checkAddress as check } from "@/lib/partner/specification/check-address";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Calls an address that a partner wrote into a draft of a specification. */
export function checkAddress(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "check-address", triggers: { event: "address/check.wanted" }, retries: 2 },
    async ({ event, step }) => {
      const { addressId } = events["address/check.wanted"].parse(event.data);
      await step.run("call it", () => check(context, addressId));
    },
  );
}
