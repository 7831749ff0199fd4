import type { Inngest } from "inngest";
import { lookForLateKeys as look } from "@/lib/activation/request/look-for-late-keys";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** The answer to a decision was lost: the vendor's list is read again, hours later too. The sweep asks when it is due. */
export function lookForLateKeys(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "look-for-late-keys",
      triggers: { event: "activation/late-keys.wanted" },
      retries: 2,
      singleton: { key: "event.data.requestId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { requestId } = events["activation/late-keys.wanted"].parse(event.data);
      return step.run("look", () =>
        mapErrors(() => look(context, requestId), attempt, context.vendorRetryDelaysMs),
      );
    },
  );
}
