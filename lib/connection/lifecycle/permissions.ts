import type { HoldKind, HoldSide } from "@/lib/connection/hold/schema";
import { isLive } from "./rules";
import type { AttentionCause, ConnectionState } from "./schema";

/** Everything that is done with a connection, apart from ending it. */
export const CONNECTION_WORK = [
  /** Asking the vendor whose key it is and which rights it has. */
  "check",
  /** Making something ready in the vendor system. */
  "prepare",
  /** A call of the partner's software, passed on to the vendor. */
  "call",
  /** Reading records from the vendor. */
  "sync",
  /** Sending a row of a delivery to the vendor. */
  "write",
  /** Taking a delivery into the queue. */
  "accept",
  /** Giving out what is stored here already. */
  "feed",
] as const;
export type ConnectionWork = (typeof CONNECTION_WORK)[number];

export type HoldFacts = {
  kind: HoldKind;
  setBy: HoldSide;
  since: Date;
  until: Date | null;
  liftedAt: Date | null;
};
type ConnectionFacts = { state: ConnectionState; attention: AttentionCause | null };

/** Why some work may not be done now. `until`: when a pause ends by itself. */
export type Stop =
  | { because: "ended" }
  | { because: "paused"; setBy: HoldSide; until: Date | null }
  /** The key was not checked yet, or the vendor refuses it. */
  | { because: "no_usable_key"; cause: AttentionCause }
  /** The vendor system is not ready for rows. */
  | { because: "not_prepared"; cause: AttentionCause };

type Because = Stop["because"];

/**
 * What stops which work. What would reach the vendor stops at a pause; a delivery is still taken in and waits, and stored
 * records are still given out, since a pause destroys nothing and loses nothing.
 */
const STOPPED_BY: Record<ConnectionWork, readonly Because[]> = {
  check: ["ended", "paused"],
  prepare: ["ended", "paused", "no_usable_key"],
  call: ["ended", "paused", "no_usable_key"],
  sync: ["ended", "paused", "no_usable_key"],
  write: ["ended", "paused", "no_usable_key", "not_prepared"],
  accept: ["ended"],
  feed: ["ended"],
};

/** With one of these nobody knows whose key it is, or the vendor takes it no more. */
const WITHOUT_USABLE_KEY: readonly AttentionCause[] = [
  "verification_pending",
  "credential_refused",
  "disconnected",
];

/** A row whose key has no place yet would be written twice. */
const UNPREPARED: readonly AttentionCause[] = ["preparation_pending", "not_prepared"];

/** Whether a pause is in force: begun, not over, not lifted. */
export function isInForce(hold: HoldFacts, now: Date): boolean {
  if (hold.kind !== "pause" || hold.liftedAt !== null || hold.since > now) return false;
  return hold.until === null || hold.until > now;
}

/** Of several pauses the one that lasts longest: the work waits for that one. */
export function findPause<Hold extends HoldFacts>(holds: readonly Hold[], now: Date): Hold | null {
  const endOf = ({ until }: HoldFacts): number => until?.getTime() ?? Number.POSITIVE_INFINITY;
  return holds
    .filter((hold) => isInForce(hold, now))
    .reduce<Hold | null>(
      (longest, hold) => (longest && endOf(longest) >= endOf(hold) ? longest : hold),
      null,
    );
}

function listStops({ state, attention }: ConnectionFacts, holds: readonly HoldFacts[], now: Date): Stop[] {
  const stops: Stop[] = [];
  if (!isLive(state)) stops.push({ because: "ended" });
  const pause = findPause(holds, now);
  if (pause) stops.push({ because: "paused", setBy: pause.setBy, until: pause.until });
  if (attention && WITHOUT_USABLE_KEY.includes(attention))
    stops.push({ because: "no_usable_key", cause: attention });
  if (attention && UNPREPARED.includes(attention)) stops.push({ because: "not_prepared", cause: attention });
  return stops;
}

/**
 * What a connection may do: the one rule, over its state and its holds as they are when the work is about to begin. null:
 * it may. The gravest reason is told. Ending a connection, and trying its old key, is no such work and is never stopped.
 */
export function findStop(
  work: ConnectionWork,
  connection: ConnectionFacts,
  holds: readonly HoldFacts[],
  now: Date,
): Stop | null {
  return listStops(connection, holds, now).find(({ because }) => STOPPED_BY[work].includes(because)) ?? null;
}
