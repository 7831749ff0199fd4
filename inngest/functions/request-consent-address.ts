import type { Inngest } from "inngest";
import { giveUpGrant } from "@/lib/activation/grant/refuse-grant";
import { requestAddress } from "@/lib/activation/grant/request-address";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A customer wants to go to a vendor that has to be asked for the way. Somebody watches, so it gives up soon. */
export function requestConsentAddress(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "request-consent-address",
      triggers: { event: "grant/begun" },
      retries: 1,
      // The sweep asks again for consents whose job seems lost; one run at a time works on each.
      singleton: { key: "event.data.grantId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { grantId } = events["grant/begun"].parse(event.data);
      return step
        .run("request", () =>
          mapErrors(() => requestAddress(context, grantId), attempt, context.vendorRetryDelaysMs),
        )
        .catch((error: unknown) => step.run("refuse", () => giveUpGrant(context, grantId, String(error))));
    },
  );
}
