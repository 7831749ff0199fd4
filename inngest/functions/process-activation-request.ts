import type { Inngest } from "inngest";
import { startAwaitingDecision } from "@/lib/activation/request/await-decision";
import { failUnreachable } from "@/lib/activation/request/fail-activations";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import { postponeVerification, verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { listUnprepared } from "@/lib/connection/preparation/prepare-connection";
import { events } from "@/lib/platform/outbox/events";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { mapErrors } from "../map-error";
import type { prepareConnection } from "./prepare-connection";

/** A submitted request: wait for its decision, tell the vendor, check each connection, settle, confirm by mail. */
export function processActivationRequest(
  inngest: Inngest,
  context: WorkerContext,
  prepare: ReturnType<typeof prepareConnection>,
) {
  return inngest.createFunction(
    {
      id: "process-activation-request",
      triggers: { event: "activation/request.submitted" },
      retries: 4,
      // The sweep asks again for requests that seem forgotten; one run at a time works on each.
      singleton: { key: "event.data.requestId", mode: "skip" },
    },
    async ({ event, step, attempt }) => {
      const { requestId } = events["activation/request.submitted"].parse(event.data);
      const calling = <T>(work: () => Promise<T>) => mapErrors(work, attempt, context.vendorRetryDelaysMs);

      const begun = await step.run("start", () => startAwaitingDecision(context, requestId));
      let { deadlineAt } = begun;
      let { state } = begun;
      for (let round = 1; state === "awaiting_partner"; round++) {
        // The first round's steps keep the names that runs from before there were extensions know.
        const named = (name: string): string => (round === 1 ? name : `${name} ${round}`);
        const decision = step.waitForEvent(named("decision"), {
          event: "activation/request.decided",
          match: "data.requestId",
          timeout: new Date(deadlineAt),
        });
        // The wait is registered before this step runs: a decision that came in between is seen here, a later one wakes us.
        const look = () => startAwaitingDecision(context, requestId);
        const seen = await step.run(named("look again"), look);
        if (seen.state === "awaiting_partner") await decision;
        state = await step.run(named("time out when due"), () =>
          timeOutActivationRequest(context, requestId),
        );
        if (state !== "awaiting_partner") break;
        const extended = await step.run(named("look for an extension"), look);
        // This machine's clock is ahead of the one that woke us: the sweep comes back when the deadline has passed.
        if (extended.deadlineAt <= deadlineAt) return false;
        deadlineAt = extended.deadlineAt;
      }

      await step
        .run("tell vendor", () => calling(() => sendDecisionToVendor(context, requestId)))
        .catch((error: unknown) =>
          step.run("give up on vendor", () => failUnreachable(context, requestId, String(error))),
        );

      const connectionIds = await step.run("list connections", () =>
        listUnverifiedConnections(context, requestId),
      );
      await Promise.all(
        connectionIds.map((id) =>
          step
            .run(`verify ${id}`, () => calling(() => verifyConnection(context, id)))
            .catch((error: unknown) =>
              step.run(`postpone ${id}`, () => postponeVerification(context, id, String(error))),
            ),
        ),
      );
      const unprepared = await step.run("list unprepared", () => listUnprepared(context, requestId));
      await Promise.all(
        unprepared.map((data) => step.invoke(`prepare ${data.connectionId}`, { function: prepare, data })),
      );
      return step.run("settle", () => settleActivationRequest(context, requestId));
    },
  );
}
