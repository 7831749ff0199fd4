import { outcomeOf } from "@/lib/activation/request/outcome";
import { waitingFor } from "@/lib/activation/request/rules";
import type { ActivationState, FailureReason, RequestState } from "@/lib/activation/request/schema";
import type { PartnerSteps } from "@/lib/catalogue/integration/schema";
import { isLive, shownState } from "@/lib/connection/lifecycle/rules";
import type { AttentionCause, ConnectionState } from "@/lib/connection/lifecycle/schema";
import { countStepsLeft, type OffboardingFacts } from "@/lib/connection/offboarding/rules";
import type { CellState } from "./schema";

export type CellFacts = {
  activation: { state: ActivationState; failureReason: FailureReason | null };
  connection: { state: ConnectionState; attention: AttentionCause | null } | null;
  isPaused: boolean;
  /** A published version asks for consent that the connection's customer has not given. */
  needsUpdate: boolean;
  offboarding: OffboardingFacts | null;
  request: { state: RequestState; stepsKind: PartnerSteps["kind"]; isStepDone: boolean };
};

/** How an integration stands in a company, from the newest activation that it has there. */
export function cellStateOf(facts: CellFacts): CellState {
  const { activation, connection, offboarding, request } = facts;
  if (activation.state === "awaiting_partner")
    return isCustomersTurn(request) ? "your_turn" : "awaiting_partner";
  if (activation.state === "approved" || activation.state === "activating") return "activating";
  if (activation.state === "cancelled") return "not_connected";
  if (activation.state !== "active") {
    const outcome = outcomeOf({ ...activation, hasEnded: false });
    return outcome === "unknown" ? "unknown" : activation.state;
  }
  if (!connection) return "activating";
  if (connection.state === "offboarding")
    return countStepsLeft(offboarding) > 0 ? "steps_left" : "being_removed";
  if (connection.state === "removed") return "ended";
  if (facts.isPaused) return "paused";
  if (connection.attention === "verification_pending" || connection.attention === "preparation_pending")
    return "checking";
  return shownState({ state: connection.state, needsUpdate: facts.needsUpdate });
}

function isCustomersTurn({ state, stepsKind, isStepDone }: CellFacts["request"]): boolean {
  return waitingFor(state, { kind: stepsKind }, isStepDone) === "customer";
}

/** States that wait for the customer; `needs_me` finds companies with one of them. */
const CUSTOMERS_TURN: readonly CellState[] = [
  "needs_attention",
  "update_required",
  "steps_left",
  "your_turn",
];

export function isForCustomer(state: CellState): boolean {
  return CUSTOMERS_TURN.includes(state);
}

/** Whether it changes by itself soon: the worker or the vendor is at it. */
export function isMoving(state: CellState): boolean {
  return ["activating", "being_removed", "checking", "awaiting_partner"].includes(state);
}

/** Whether the integration could be activated there now. */
export function isLacking(state: CellState): boolean {
  return ["failed", "unknown", "rejected", "timed_out", "ended", "not_connected"].includes(state);
}

export function canCheck(connection: CellFacts["connection"]): boolean {
  return connection !== null && isLive(connection.state);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Where a page of companies goes on, as it stands in an address: the last company's id and the name it is ordered by. */
export function writeCursor({ sortKey, id }: { sortKey: string; id: string }): string {
  return Buffer.from(`${id}${sortKey}`).toString("base64url");
}

/** null for what is no cursor: the list begins anew. */
export function readCursor(cursor: string | undefined): { sortKey: string; id: string } | null {
  const text = Buffer.from(cursor ?? "", "base64url").toString();
  const [id] = UUID.exec(text) ?? [];
  const sortKey = text.slice(36);
  if (!id || /[\p{C}\uFFFD]/u.test(sortKey)) return null;
  return { id, sortKey };
}

/** Digits enough for an organization number, and no word beside them but a country's letters or "MVA". */
const LIKE_A_NUMBER = /^(?=(?:[^0-9]*[0-9]){5})(?!.*\p{L}{4})/u;

/** The digits of an organization number however it is written; null for other text. */
export function digitsOf(search: string): string | null {
  return LIKE_A_NUMBER.test(search) ? search.replace(/[^0-9]/g, "") : null;
}
