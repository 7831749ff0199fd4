import type { Inngest } from "inngest";
import { issueCertificate } from "@/lib/connection/evidence/issue-certificate";
import { postponeOffboarding, workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";

/** A round at the vendor for a connection that was ended. The sweep asks for the next one when it is due. */
export function offboardConnection(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    {
      id: "offboard-connection",
      triggers: { event: "connection/offboarding.wanted" },
      retries: 2,
      singleton: { key: "event.data.connectionId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { connectionId } = events["connection/offboarding.wanted"].parse(event.data);
      const state = await step
        .run("work", () =>
          mapErrors(() => workOnOffboarding(context, connectionId), attempt, context.vendorRetryDelaysMs),
        )
        .catch((error: unknown) =>
          step.run("postpone", () => postponeOffboarding(context, connectionId, String(error))),
        );
      if (state === "closed") await step.run("certify", () => issueCertificate(context, connectionId));
      return state;
    },
  );
}
