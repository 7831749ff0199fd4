import { and, eq, isNotNull, lt, or, sql } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

/** The address and companies of link sessions that have ended are of no use any more. */
export async function forgetPrepared(tx: SystemTransaction, now: Date): Promise<void> {
  await tx
    .update(activationLinks)
    .set({ email: null, businessIds: [] })
    .where(
      and(
        eq(activationLinks.kind, "session"),
        lt(activationLinks.expiresAt, now),
        or(isNotNull(activationLinks.email), sql`${activationLinks.businessIds} <> '[]'::jsonb`),
      ),
    );
}
