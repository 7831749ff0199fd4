import type { PreparationState, StepState } from "./schema";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Trouble at the vendor passes: the sweep has it tried again. */
const PENDING_TRIED_AFTER_MS = 15 * MINUTE_MS;
/** What a person has put right without telling us is found by itself. */
const BLOCKED_TRIED_AFTER_MS = 6 * HOUR_MS;
/** A round that takes longer was lost: the button is offered again. */
const ROUND_TAKES_AT_MOST_MS = 5 * MINUTE_MS;

export function isFinished(state: StepState): boolean {
  return state === "done" || state === "kept";
}

/** Where the preparation stands after a round over all its steps. */
export function judgePreparation(states: readonly StepState[]): PreparationState {
  if (states.includes("cannot")) return "blocked";
  return states.every(isFinished) ? "ready" : "pending";
}

export function nextTryAt(state: PreparationState, now: Date): Date | null {
  if (state === "ready") return null;
  const pauseMs = state === "blocked" ? BLOCKED_TRIED_AFTER_MS : PENDING_TRIED_AFTER_MS;
  return new Date(now.getTime() + pauseMs);
}

type Times = { wantedAt: Date; endedAt: Date | null };

/** A round was asked for, or begun, and has not ended since. */
export function isBusy({ wantedAt, endedAt }: Times, now: Date): boolean {
  if (now.getTime() - wantedAt.getTime() > ROUND_TAKES_AT_MOST_MS) return false;
  return endedAt === null || endedAt < wantedAt;
}
