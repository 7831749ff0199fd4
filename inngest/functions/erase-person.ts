import type { Inngest } from "inngest";
import { erasePerson as erase } from "@/lib/operations/erasure/erase-person";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Erases a person's data for good; a second run finds nothing left to do. */
export function erasePerson(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "erase-person", triggers: { event: "person/erasure.wanted" }, retries: 10 },
    async ({ event, step }) => {
      const { userId } = events["person/erasure.wanted"].parse(event.data);
      return await step.run("erase", () => erase(context, userId));
    },
  );
}
