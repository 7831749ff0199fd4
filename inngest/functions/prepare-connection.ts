import type { Inngest } from "inngest";
import {
  beginPreparation,
  finishPreparation,
  postponePreparation,
} from "@/lib/connection/preparation/prepare-connection";
import { runStep } from "@/lib/connection/preparation/run-step";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/**
 * Makes the vendor system ready for a connection, each step on its own. One at a time in an environment: a layout is published
 * as a whole, so that two would publish each other's half-made fields.
 */
export function prepareConnection(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "prepare-connection",
      triggers: { event: "connection/preparation.wanted" },
      retries: 2,
      concurrency: { key: "event.data.environmentId", limit: 1 },
    },
    async ({ event, step, attempt }) => {
      const { connectionId } = events["connection/preparation.wanted"].parse(event.data);
      const ids = await step.run("begin", () => beginPreparation(context, connectionId));
      try {
        for (const id of ids)
          await step.run(id, () =>
            mapErrors(() => runStep(context, connectionId, id), attempt, context.vendorRetryDelaysMs),
          );
      } catch (error) {
        return step.run("postpone", () => postponePreparation(context, connectionId, String(error)));
      }
      return step.run("finish", () => finishPreparation(context, connectionId));
    },
  );
}
