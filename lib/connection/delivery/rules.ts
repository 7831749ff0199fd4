import { defineStateMachine } from "@/lib/core/state-machine";
import { ROW_STATES, type RowState } from "./schema";

export type RowEvent =
  | "collect"
  | "refuse"
  | "queue"
  | "supersede"
  | "find_unchanged"
  | "send"
  | "take_back"
  | "write"
  | "write_in_part"
  | "wait"
  | "lose"
  | "release"
  | "find_written"
  | "give_up";

/** A row's life. `close-delivery.ts` makes the moves out of `collected` for all rows at once. */
export const rowMachine = defineStateMachine<RowState, RowEvent>("delivery row", ROW_STATES, [
  { from: null, event: "collect", by: ["system"], to: "collected" },
  { from: null, event: "refuse", by: ["system"], to: "rejected" },
  { from: "collected", event: "queue", by: ["system"], to: "queued" },
  { from: "collected", event: "supersede", by: ["system"], to: "superseded" },
  { from: "collected", event: "find_unchanged", by: ["system"], to: "unchanged" },
  { from: "queued", event: "send", by: ["system"], to: "sending" },
  { from: "queued", event: "find_unchanged", by: ["system"], to: "unchanged" },
  { from: "queued", event: "supersede", by: ["system"], to: "superseded" },
  { from: "queued", event: "refuse", by: ["system"], to: "rejected" },
  { from: "queued", event: "wait", by: ["system"], to: "waiting" },
  { from: "sending", event: "write", by: ["system"], to: "written" },
  { from: "sending", event: "write_in_part", by: ["system"], to: "incomplete" },
  { from: "sending", event: "refuse", by: ["system"], to: "rejected" },
  { from: "sending", event: "wait", by: ["system"], to: "waiting" },
  { from: "sending", event: "lose", by: ["system"], to: "unknown" },
  { from: "sending", event: "take_back", by: ["system"], to: "queued" },
  { from: "sending", event: "supersede", by: ["system"], to: "superseded" },
  { from: "unknown", event: "find_written", by: ["customer", "system"], to: "written" },
  { from: "unknown", event: "release", by: ["customer", "system"], to: "queued" },
  { from: "unknown", event: "supersede", by: ["system"], to: "superseded" },
  { from: "unknown", event: "wait", by: ["system"], to: "waiting" },
  { from: "unknown", event: "give_up", by: ["customer", "system"], to: "rejected" },
  { from: "waiting", event: "release", by: ["customer", "system"], to: "queued" },
  { from: "waiting", event: "supersede", by: ["system"], to: "superseded" },
  { from: "waiting", event: "find_written", by: ["customer"], to: "written" },
  { from: "waiting", event: "give_up", by: ["customer", "system"], to: "rejected" },
  { from: "incomplete", event: "release", by: ["customer", "system"], to: "queued" },
  { from: "incomplete", event: "give_up", by: ["customer", "system"], to: "rejected" },
]);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A row whose answer was lost more often than this is left to a person: something at the vendor hides it from us. */
export const MOST_LOSSES = 4;

/** What waits for longer is rejected as `waited_too_long`. */
export const LONGEST_WAIT_MS = 30 * DAY_MS;

/** How often it is looked whether the cause of a waiting row has ended, where that can be read. */
export const LOOK_AT_CAUSE_MS = 15 * MINUTE_MS;

/** When the next look-up is due, after `lookUps` that found nothing; null: that was the last one. */
export function nextLookUpAt(lostAt: Date, lookUps: number, delaysMs: readonly number[]): Date | null {
  const delayMs = delaysMs[lookUps];
  return delayMs === undefined ? null : new Date(lostAt.getTime() + delayMs);
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/** How long a connection's queue rests after calls that failed in a row: 1 s, 2 s, 4 s … 5 minutes. */
export function pauseAfterFailures(failures: number, retryAfterSeconds = 0): number {
  const byCount = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS);
  return Math.max(byCount, retryAfterSeconds * 1000);
}
