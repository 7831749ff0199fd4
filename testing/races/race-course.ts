import { startAwaitingDecision } from "@/lib/activation/request/await-decision";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import type { PartnerDecision } from "@/lib/activation/request/schema";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { ConnectorError } from "@/lib/connectors/errors";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, asPartner, createAccount } from "../fixtures/account";
import { type PreparedDraft, prepareDraft } from "../fixtures/draft";
import { passDeadline, readRequest, submit } from "../fixtures/request";
import type { VendorWorld } from "../fixtures/vendor-world";
import { COMPANIES, type Move } from "./move";

/** How a move ended: it changed something, it was refused, or there was nothing (any more) to do. */
type Result = "won" | "repeated" | "refused" | "idle";
export type Moved = { move: Move; result: Result; code?: string; decision?: PartnerDecision };
type Start = { prepared: PreparedDraft; requestId: string | null };

/** Two members of one account with drafts that stand ready, over companies of which some are in several of them. */
export class RaceCourse {
  readonly history: Moved[] = [];

  private constructor(
    private readonly world: VendorWorld,
    readonly members: readonly [Viewer, Viewer],
    readonly companies: readonly string[],
    readonly starts: readonly Start[],
  ) {}

  static async prepare(world: VendorWorld, picks: readonly number[]): Promise<RaceCourse> {
    const { database, sandbox, integration } = world;
    const [first, second] = await createAccount(database, [makeAddress(), makeAddress()]);
    if (!first || !second) throw new Error("two members are expected");
    const persona = await sandbox.addPersona(first.email, COMPANIES);
    const companies = persona.companies.map(({ id }) => String(id));
    const starts: Start[] = [];
    for (const bits of picks) {
      const offered = companies.filter((_, index) => (bits & (1 << index)) !== 0);
      const { requestId } = await sandbox.addRequest({
        vendorIntegrationId: integration.slug,
        initiatorEmail: first.email,
        companyIds: offered.map(Number),
      });
      const options = { offered, vendorRequest: String(requestId) };
      starts.push({ prepared: await prepareDraft(database, first, integration, options), requestId: null });
    }
    return new RaceCourse(world, [first, second], companies, starts);
  }

  /** All of it at once; whoever is named first has a small lead. */
  async take(turn: readonly Move[]): Promise<void> {
    await Promise.all(turn.map(async (move) => this.history.push(await this.attempt(move))));
  }

  /** Whatever still waits runs out of time, and the worker does its part, until nothing is left to do. */
  async comeToRest(): Promise<void> {
    for (const [request] of this.starts.entries()) {
      await this.take([{ do: "time out", request }]);
      await this.take([{ do: "work", request }]);
    }
  }

  private async attempt(move: Move): Promise<Moved> {
    const start = this.starts[move.request];
    if (!start) throw new Error(`there is no request ${move.request}`);
    if (move.do === "submit") return this.submit(move, start);
    if (start.requestId === null) return { move, result: "idle" };
    switch (move.do) {
      case "decide":
        return this.decide(move, start.requestId);
      case "cancel":
        return this.cancel(move, start.requestId);
      case "time out":
        return this.timeOut(move, start.requestId);
      case "work":
        return this.work(move, start.requestId);
    }
  }

  private async submit(move: Move & { do: "submit" }, start: Start): Promise<Moved> {
    const { database, integration } = this.world;
    return refusable(move, async () => {
      start.requestId = await submit(database, this.members[move.member], integration, start.prepared);
      return { move, result: "won" };
    });
  }

  private async decide(move: Move & { do: "decide" }, requestId: string): Promise<Moved> {
    const { database, integration } = this.world;
    const { activations } = await readRequest(database, requestId);
    const isApproved = ({ externalId }: { externalId: string }) =>
      (move.approved & (1 << this.companies.indexOf(externalId))) !== 0;
    const decision: PartnerDecision = {
      approve: activations.filter(isApproved).map(({ environmentId }) => environmentId),
      reject: activations
        .filter((one) => !isApproved(one))
        .map(({ environmentId }) => ({ environmentId, reason: "No agreement." })),
    };
    const target = { requestId, connector: integration.connector.id };
    return this.seeingTheEnd(requestId, () =>
      refusable(move, async () => {
        const result = await asPartner(database, integration.caller, (tx) =>
          decideActivationRequest(tx, integration.caller, target, decision),
        );
        return { move, decision, result: result === "recorded" ? "won" : "repeated" };
      }),
    );
  }

  private cancel(move: Move & { do: "cancel" }, requestId: string): Promise<Moved> {
    const member = this.members[move.member];
    return this.seeingTheEnd(requestId, () =>
      refusable(move, async () => {
        await asCustomer(this.world.database, member, (tx) => cancelActivationRequest(tx, member, requestId));
        return { move, result: "won" };
      }),
    );
  }

  private async timeOut(move: Move, requestId: string): Promise<Moved> {
    await passDeadline(this.world.database, requestId);
    const before = this.history.length;
    const state = await timeOutActivationRequest(this.world.context, requestId);
    const request = await readRequest(this.world.database, requestId);
    if (state === "awaiting_partner")
      throw new Error(`past its deadline ${requestId} waits, after ${before}`);
    const isEnd = state === "settled" && request.activations.every((one) => one.state === "timed_out");
    return { move, result: isEnd ? "won" : "idle" };
  }

  /** As the background function does it, by however many workers at a time. */
  private async work(move: Move, requestId: string): Promise<Moved> {
    const { context } = this.world;
    const { state } = await startAwaitingDecision(context, requestId);
    if (state === "awaiting_partner") return { move, result: "idle" };
    try {
      await sendDecisionToVendor(context, requestId);
    } catch (error) {
      // Another worker's call is out: it is waited for, never made again.
      if (error instanceof ConnectorError && error.isRetriable) return { move, result: "idle" };
      throw error;
    }
    for (const id of await listUnverifiedConnections(context, requestId)) await verifyConnection(context, id);
    return { move, result: (await settleActivationRequest(context, requestId)) ? "won" : "idle" };
  }

  /** Whoever comes second finds the end that the first one made, at once. */
  private async seeingTheEnd(requestId: string, attempt: () => Promise<Moved>): Promise<Moved> {
    const moved = await attempt();
    if (moved.result !== "refused") return moved;
    const { state, deadlineAt } = await readRequest(this.world.database, requestId);
    const isOver = state !== "awaiting_partner" || (moved.code === "gone" && deadlineAt <= new Date());
    if (!isOver) throw new Error(`${moved.move.do} was refused (${moved.code}) although ${requestId} waits`);
    return moved;
  }
}

const REFUSALS = ["conflict", "gone", "cap_exceeded", "environment_taken"];

async function refusable(move: Move, work: () => Promise<Moved>): Promise<Moved> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || !REFUSALS.includes(error.code)) throw error;
    return { move, result: "refused", code: error.code };
  }
}

const makeAddress = () => `${crypto.randomUUID()}@example.com`;
