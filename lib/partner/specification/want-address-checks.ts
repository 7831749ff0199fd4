import { sql } from "drizzle-orm";
import { checkedAddresses } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listAddresses } from "@/lib/catalogue/draft/addresses";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/** An answer says nothing of tomorrow; within the hour it need not be asked again. */
const LASTS = sql`interval '1 hour'`;
/** What is half typed is an address too: a page that saves with every word must not become a way to call strangers. */
const MOST_IN_AN_HOUR = 60;

/** Has the worker call the addresses of a draft that it does not know the answer of. */
export async function wantAddressChecks(
  tx: ScopedTransaction<"partner">,
  { partnerId }: PartnerMember,
  content: DraftContent,
): Promise<void> {
  const wanted = [...new Set(listAddresses(content).map(({ address }) => address))];
  if (wanted.length === 0) return;
  const [asked] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(checkedAddresses)
    .where(sql`${checkedAddresses.askedAt} > now() - interval '1 hour'`);
  if ((asked?.count ?? 0) + wanted.length > MOST_IN_AN_HOUR) return;
  const rows = await tx
    .insert(checkedAddresses)
    .values(wanted.map((address) => ({ partnerId, address })))
    .onConflictDoUpdate({
      target: [checkedAddresses.partnerId, checkedAddresses.address],
      set: { askedAt: sql`now()`, checkedAt: null },
      setWhere: sql`${checkedAddresses.askedAt} < now() - ${LASTS}`,
    })
    .returning({ id: checkedAddresses.id });
  for (const { id } of rows) await enqueueEvent(tx, "address/check.wanted", { addressId: id });
}
