import { inArray } from "drizzle-orm";
import { checkedAddresses } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listAddresses } from "@/lib/catalogue/draft/addresses";
import { type AddressFinding, type DraftFindings, findProblems } from "@/lib/catalogue/draft/find-problems";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { listRightsNeeded } from "@/lib/catalogue/draft/surplus-rights";
import { getConnector } from "@/lib/connectors/registry";
import { getProfile } from "@/lib/partner/organization/queries";

type Partner = ScopedTransaction<"partner">;
type Of = { partnerId: string; connector: string };

/** What the worker found at the addresses of a draft. */
async function readFindings(
  tx: Partner,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, AddressFinding>> {
  if (addresses.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(checkedAddresses)
    .where(inArray(checkedAddresses.address, [...addresses]));
  return new Map(
    rows
      .filter(({ checkedAt }) => checkedAt !== null)
      .map(({ address, status, error }) => [address, { status, error }]),
  );
}

/** All that is left to do about a draft of the partner's. */
export async function judgeDraft(
  tx: Partner,
  draft: DraftContent,
  { partnerId, connector }: Of,
): Promise<DraftFindings> {
  const { name, marketName } = await getProfile(tx, { partnerId });
  const addresses = listAddresses(draft).map(({ address }) => address);
  const known = getConnector(connector);
  return findProblems(draft, {
    manifest: known.manifest,
    needed: listRightsNeeded(known),
    marketName: marketName ?? name,
    addresses: await readFindings(tx, addresses),
    today: new Date().toISOString().slice(0, 10),
  });
}
