import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { activationRequests, candidates, grants, requestConsents } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvent, enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import type { GrantState } from "./schema";

const MINUTE_MS = 60_000;
/** Longer than a healthy job needs to begin. One that is still at work keeps its place, whoever asks again. */
const LOST_AFTER_MS = 3 * MINUTE_MS;
/** Well over the longest that a healthy job takes. */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
/** The customer may still be in the vendor's dialog when the address of its first page has run out. */
const AWAY_LASTS_MS = 60 * MINUTE_MS;
/** A refused release is tried again once a day: somebody may have put right what stood against it. */
const REFUSED_RELEASE_RESTS_MS = 24 * 60 * MINUTE_MS;

/** Consents that nobody came back from, jobs that were lost, and issued keys that nobody decides about: how many of those. */
export async function sweepConsents(tx: SystemTransaction, now: Date): Promise<number> {
  await lapse(tx, now);
  await workAgain(tx, now);
  const leftBehind = await listGrantsWithKeysLeftBehind(tx, now);
  for (const grantId of leftBehind) await enqueueEvent(tx, "grant/release.wanted", { grantId });
  return leftBehind.length;
}

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

async function lapse(tx: SystemTransaction, now: Date): Promise<void> {
  await tx
    .update(grants)
    .set({ state: "refused", refusedBecause: "expired", updatedAt: now })
    .where(
      or(
        and(eq(grants.state, "consenting"), lt(grants.expiresAt, before(now, AWAY_LASTS_MS))),
        and(eq(grants.state, "starting"), lt(grants.createdAt, before(now, STUCK_AFTER_MS))),
      ),
    );
}

/**
 * Its job was lost on the way, whichever way the vendor's consent goes: what it has done so far is in the rows, and it goes
 * on from there.
 */
async function workAgain(tx: SystemTransaction, now: Date): Promise<void> {
  const lost = await tx
    .select({ grantId: grants.id, state: grants.state })
    .from(grants)
    .where(
      and(inArray(grants.state, ["starting", "reading"]), lt(grants.updatedAt, before(now, LOST_AFTER_MS))),
    );
  const idsOf = (state: GrantState) =>
    lost.filter((grant) => grant.state === state).map(({ grantId }) => ({ grantId }));
  await enqueueEvents(tx, "grant/begun", idsOf("starting"));
  await enqueueEvents(tx, "grant/returned", idsOf("reading"));
}

async function listGrantsWithKeysLeftBehind(tx: SystemTransaction, now: Date): Promise<string[]> {
  const ended = before(now, STUCK_AFTER_MS);
  const rows = await tx
    .selectDistinct({ id: grants.id })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .leftJoin(requestConsents, eq(requestConsents.grantId, grants.id))
    .leftJoin(activationRequests, eq(activationRequests.id, requestConsents.requestId))
    .where(
      and(
        eq(candidates.keyState, "held"),
        or(
          isNull(candidates.releaseFailedAt),
          lt(candidates.releaseFailedAt, before(now, REFUSED_RELEASE_RESTS_MS)),
        ),
        or(
          and(inArray(grants.state, ["refused", "released", "expired"]), lt(grants.updatedAt, ended)),
          and(eq(grants.state, "used"), lt(activationRequests.settledAt, ended)),
        ),
      ),
    );
  return rows.map(({ id }) => id);
}
