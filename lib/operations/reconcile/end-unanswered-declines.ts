import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { grants, vendorCalls } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

const HOUR_MS = 60 * 60_000;

/**
 * A decline whose answer was lost is not repeated, and once the vendor's own expiry has passed there is nothing left that
 * it could have been about: its journal is closed. What approved anything is not touched here. Returns how many.
 */
export async function endUnansweredDeclines(tx: SystemTransaction, now: Date): Promise<number> {
  const ended = await tx
    .update(vendorCalls)
    .set({ state: "answered", status: 0, answeredAt: now })
    .from(grants)
    .where(
      and(
        eq(vendorCalls.state, "sent"),
        lt(vendorCalls.sentAt, new Date(now.getTime() - HOUR_MS)),
        eq(grants.connector, vendorCalls.connector),
        eq(grants.stage, vendorCalls.stage),
        eq(grants.vendorRequest, vendorCalls.vendorRequest),
        inArray(grants.state, ["released", "expired", "refused"]),
        lt(grants.expiresAt, now),
        sql`not exists (select from request_consents o where o.grant_id = ${grants.id})`,
      ),
    )
    .returning({ id: vendorCalls.id });
  return new Set(ended.map(({ id }) => id)).size;
}
