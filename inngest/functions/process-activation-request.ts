import type { Inngest } from "inngest";
import { startAwaitingDecision } from "@/lib/activation/await-decision";
import { failUnreachable } from "@/lib/activation/fail-activations";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/settle-activation-request";
import { tellVendor } from "@/lib/activation/tell-vendor";
import { timeOutActivationRequest } from "@/lib/activation/time-out-activation-request";
import { postponeVerification, verifyConnection } from "@/lib/connection/verify-connection";
import { events } from "@/lib/outbox/events";
import type { WorkerContext } from "@/lib/worker-context";
import { mapErrors } from "../map-error";

/** A submitted request: wait for its decision, tell the vendor, check each connection, settle, confirm by mail. */
export function processActivationRequest(inngest: Inngest, context: WorkerContext) {
  return inngest.createFunction(
    { id: "process-activation-request", triggers: { event: "activation/request.submitted" }, retries: 4 },
    async ({ event, step, attempt }) => {
      const { requestId } = events["activation/request.submitted"].parse(event.data);
      const calling = <T>(work: () => Promise<T>) => mapErrors(work, attempt, context.vendorRetryDelaysMs);

      const begun = await step.run("start", () => startAwaitingDecision(context, requestId));
      if (begun.state === "awaiting_partner") {
        const decision = step.waitForEvent("decision", {
          event: "activation/request.decided",
          match: "data.requestId",
          timeout: new Date(begun.deadlineAt),
        });
        // The wait is registered before this step runs: a decision that came in between is seen here, a later one wakes us.
        const seen = await step.run("look again", () => startAwaitingDecision(context, requestId));
        if (seen.state === "awaiting_partner") await decision;
        await step.run("time out when due", () => timeOutActivationRequest(context, requestId));
      }

      await step
        .run("tell vendor", () => calling(() => tellVendor(context, requestId)))
        .catch(() => step.run("give up on vendor", () => failUnreachable(context, requestId)));

      const connectionIds = await step.run("list connections", () =>
        listUnverifiedConnections(context, requestId),
      );
      await Promise.all(
        connectionIds.map((id) =>
          step
            .run(`verify ${id}`, () => calling(() => verifyConnection(context, id)))
            .catch(() => step.run(`postpone ${id}`, () => postponeVerification(context, id))),
        ),
      );
      return step.run("settle", () => settleActivationRequest(context, requestId));
    },
  );
}
