import type { Inngest } from "inngest";
import { postponeVerification, verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A connection's regular check. When the vendor cannot be asked now, what was known stays and it is asked again later. */
export function checkConnection(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "check-connection",
      triggers: { event: "connection/check.wanted" },
      retries: 2,
      singleton: { key: "event.data.connectionId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { connectionId } = events["connection/check.wanted"].parse(event.data);
      return step
        .run("verify", () =>
          mapErrors(() => verifyConnection(context, connectionId), attempt, context.vendorRetryDelaysMs),
        )
        .catch((error: unknown) =>
          step.run("postpone", () => postponeVerification(context, connectionId, String(error))),
        );
    },
  );
}
