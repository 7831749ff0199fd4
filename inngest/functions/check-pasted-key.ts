import type { Inngest } from "inngest";
import { checkPastedKey as check, giveUpCheck } from "@/lib/activation/pasted-key/check-pasted-key";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A customer pasted a key: ask the vendor whose it is. Somebody watches, so it gives up soon. */
export function checkPastedKey(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "check-pasted-key", triggers: { event: "key/pasted" }, retries: 1 },
    async ({ event, step, attempt }) => {
      const { pastedKeyId } = events["key/pasted"].parse(event.data);
      return step
        .run("check", () =>
          mapErrors(() => check(context, pastedKeyId), attempt, context.vendorRetryDelaysMs),
        )
        .catch((error: unknown) =>
          step.run("give up", () => giveUpCheck(context, pastedKeyId, String(error))),
        );
    },
  );
}
