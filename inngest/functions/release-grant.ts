import type { Inngest } from "inngest";
import { releaseGrant as release } from "@/lib/activation/grant/release-grant";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A grant that will not be used is declined at the vendor before the vendor's own expiry. */
export function releaseGrant(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "release-grant", triggers: { event: "grant/release.wanted" }, retries: 4 },
    async ({ event, step, attempt }) => {
      const { grantId } = events["grant/release.wanted"].parse(event.data);
      await step.run("release", () =>
        mapErrors(() => release(context, grantId), attempt, context.vendorRetryDelaysMs),
      );
    },
  );
}
