import { and, eq, gt, inArray, isNotNull, lt, notInArray, or, sql } from "drizzle-orm";
import { drafts, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { coverageOf } from "@/lib/connectors/connector";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { holdsKeys } from "./granted-keys";
import { grantMachine } from "./rules";

const MINUTE_MS = 60_000;
const DRAFT_LASTS_MS = 30 * 24 * 60 * MINUTE_MS;
/** How long a consent waits for somebody to claim it. */
const CLAIM_LASTS_MS = 24 * 60 * MINUTE_MS;
/** Vendors whose consent stands for one environment, so that a draft holds several. */
const CONNECTORS_OF_SEVERAL: string[] = CONNECTOR_IDS.filter(
  (id) => coverageOf(getConnector(id)) === "one_environment",
);
/** Long enough before the vendor's own expiry that the vendor can still be told. */
const RELEASE_BEFORE_EXPIRY_MS = 15 * MINUTE_MS;
/** A draft that nobody touched for this long is not being worked on. */
const IDLE_AFTER_MS = 15 * MINUTE_MS;

/** Ends drafts that nobody went on with. Returns how many. */
export async function expireDrafts(tx: SystemTransaction, now: Date): Promise<number> {
  const ended = await tx
    .update(drafts)
    .set({ state: "expired", updatedAt: now })
    .where(and(eq(drafts.state, "open"), lt(drafts.updatedAt, new Date(now.getTime() - DRAFT_LASTS_MS))))
    .returning({ id: drafts.id });
  return ended.length;
}

/** Ends grants past their time, and forgets whose they were once that is of no use. Returns how many ended. */
export async function expireGrants(tx: SystemTransaction, now: Date): Promise<number> {
  const expired = await tx
    .update(grants)
    .set({ state: grantMachine.advance("open", "expire"), updatedAt: now })
    .where(and(eq(grants.state, "open"), lt(grants.expiresAt, now)))
    .returning({ id: grants.id });
  for (const { id } of expired)
    if (await holdsKeys(tx, id)) await enqueueEvent(tx, "grant/release.wanted", { grantId: id });
  const lapsed = await tx
    .update(grants)
    .set({
      state: "refused",
      refusedBecause: "expired",
      confirmTokenHash: null,
      returnToken: null,
      updatedAt: now,
    })
    .where(
      and(
        inArray(grants.state, grantMachine.statesBefore("lapse")),
        or(lt(grants.expiresAt, now), lt(grants.createdAt, new Date(now.getTime() - CLAIM_LASTS_MS))),
      ),
    )
    .returning({ id: grants.id });
  await tx
    .update(grants)
    .set({ initiatorEmail: null })
    .where(
      and(
        isNotNull(grants.initiatorEmail),
        notInArray(grants.state, ["reading", "unconfirmed", "awaiting_initiator"]),
      ),
    );
  return expired.length + lapsed.length;
}

/** A newer consent of the draft lists everything anew, or is one for the same environment. */
const isReplaced = sql`exists (select 1 from ${grants} newer where newer.draft_id = ${drafts.id} and newer.state in ('open', 'used')
  and newer.created_at > ${grants.createdAt} and (${notInArray(grants.connector, CONNECTORS_OF_SEVERAL)}
    or exists (select from candidates a join candidates b on b.external_id = a.external_id
      where a.grant_id = ${grants.id} and b.grant_id = newer.id)))`;

/** Open grants that will not be used: of drafts that ended or lie idle near the vendor's expiry, or that a newer one replaced. */
async function listAbandoned(tx: SystemTransaction, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(drafts, eq(drafts.id, grants.draftId))
    .where(
      and(
        eq(grants.state, "open"),
        or(
          // A submission uses what is picked; what it left open can be used by no other.
          inArray(drafts.state, ["discarded", "expired", "submitted"]),
          and(
            lt(grants.expiresAt, new Date(now.getTime() + RELEASE_BEFORE_EXPIRY_MS)),
            lt(drafts.updatedAt, new Date(now.getTime() - IDLE_AFTER_MS)),
          ),
          isReplaced,
        ),
      ),
    );
  return rows.map((row) => row.id);
}

/** Released here, but the vendor could not be told: it is tried again for as long as the vendor keeps the request. */
async function listUntold(tx: SystemTransaction, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(
      and(
        eq(grants.state, "released"),
        // Where the keys are here, each of them knows whether it was given back.
        eq(grants.keysFrom, "decision"),
        gt(grants.expiresAt, now),
        eq(
          sql`coalesce((select state from vendor_calls c where c.connector = ${grants.connector} and c.stage = ${grants.stage}
            and c.vendor_request = ${grants.vendorRequest} and c.verb = 'decide'), 'unsent')`,
          "unsent",
        ),
        lt(grants.updatedAt, new Date(now.getTime() - IDLE_AFTER_MS)),
      ),
    );
  return rows.map((row) => row.id);
}

/** Has grants that nobody needs given back at the vendor. Returns how many. */
export async function releaseAbandonedGrants(tx: SystemTransaction, now: Date): Promise<number> {
  const ids = [...(await listAbandoned(tx, now)), ...(await listUntold(tx, now))];
  for (const grantId of ids) await enqueueEvent(tx, "grant/release.wanted", { grantId });
  return ids.length;
}
