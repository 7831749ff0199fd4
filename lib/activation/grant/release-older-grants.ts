import { and, eq, exists, isNull, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { candidates, grants, memberships, requestGuests } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { ConsentCoverage } from "@/lib/connectors/connector";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * A fresh consent takes the place of older open ones of the same draft, which are released: of all of them where it lists
 * every environment anew, else of those for the same environment. The fresh one is released too when its person has no part in
 * the draft any more.
 */
export async function releaseOlderGrants(
  tx: SystemTransaction,
  { grantId, draftId, covers }: { grantId: string; draftId: string; covers: ConsentCoverage },
): Promise<void> {
  const [fresh, older] = [alias(candidates, "fresh"), alias(candidates, "older")];
  const isOfSameEnvironment = exists(
    tx
      .select({ id: older.id })
      .from(older)
      .innerJoin(fresh, and(eq(fresh.externalId, older.externalId), eq(fresh.grantId, grantId)))
      .where(eq(older.grantId, grants.id)),
  );
  const replaced = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(
      and(
        eq(grants.draftId, draftId),
        eq(grants.state, "open"),
        ne(grants.id, grantId),
        covers === "one_environment" ? isOfSameEnvironment : undefined,
      ),
    );
  for (const one of replaced) await enqueueEvent(tx, "grant/release.wanted", { grantId: one.id });
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
