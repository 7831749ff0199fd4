import { and, eq, isNull, ne } from "drizzle-orm";
import { grants, memberships, requestGuests } from "@/db/schema";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import type { SystemTransaction } from "@/lib/seal/data-key";

/** A fresh consent takes the place of an older one of the same draft, which is released; and so is the fresh one when its person has no part in the draft any more. */
export async function releaseOlderGrants(
  tx: SystemTransaction,
  grantId: string,
  draftId: string,
): Promise<void> {
  const older = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), eq(grants.state, "open"), ne(grants.id, grantId)));
  for (const one of older) await enqueueEvent(tx, "grant/release.wanted", { grantId: one.id });
  if (await isWithoutHolder(tx, grantId)) await enqueueEvent(tx, "grant/release.wanted", { grantId });
}

/** Whether the person who consented left the account, or had the request taken back, while the consent was being read. */
async function isWithoutHolder(tx: SystemTransaction, grantId: string): Promise<boolean> {
  const [row] = await tx
    .select({ member: memberships.userId, guest: requestGuests.id })
    .from(grants)
    .leftJoin(
      memberships,
      and(eq(memberships.accountId, grants.accountId), eq(memberships.userId, grants.userId)),
    )
    .leftJoin(
      requestGuests,
      and(
        eq(requestGuests.draftId, grants.draftId),
        eq(requestGuests.userId, grants.userId),
        isNull(requestGuests.endedAt),
      ),
    )
    .where(eq(grants.id, grantId));
  return row !== undefined && row.member === null && row.guest === null;
}
