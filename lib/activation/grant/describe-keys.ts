import { eq, sql } from "drizzle-orm";
import { candidates, drafts, grants, specifications } from "@/db/schema";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { ConnectorError } from "@/lib/connectors/errors";
import type { RightAsked } from "@/lib/connectors/manifest";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import {
  endHolding,
  type GrantedKey,
  type KeyGrantingVendor,
  listHeldKeys,
  openGrantedKey,
} from "./granted-keys";

type Grant = typeof grants.$inferSelect;

/** The vendor's limit spaces the calls; a few at a time hide its latency. */
const AT_A_TIME = 5;

/**
 * Asks the vendor with each key which environment it belongs to and whether it fits. Reads only. A key that the vendor
 * does not know any more is nobody's: its environment is not offered, and the page says so.
 */
export async function describeKeys(
  context: WorkerContext,
  grant: Grant,
  keyVendor: KeyGrantingVendor,
): Promise<void> {
  const [held, asked] = await asSystem(context, "list granted keys", async (tx) => [
    await listHeldKeys(tx, grant.id),
    await findRightsAsked(tx, grant),
  ]);
  await mapConcurrently(held, AT_A_TIME, (key) => describeKey(context, key, asked, keyVendor));
}

async function describeKey(
  context: WorkerContext,
  held: GrantedKey,
  asked: readonly RightAsked[],
  { connector, vendor }: KeyGrantingVendor,
): Promise<void> {
  const key = await asSystem(context, "open granted key", (tx) => openGrantedKey(tx, context, held));
  try {
    const described = await connector.consent.describeKey(vendor, key, asked);
    const name = described.name ?? held.name;
    const businessId = described.businessId ?? held.businessId;
    await asSystem(context, "describe granted key", (tx) =>
      tx
        .update(candidates)
        .set({ ...described, name, businessId })
        .where(eq(candidates.id, held.id)),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "disconnected") throw error;
    await asSystem(context, "drop dead key", async (tx) => {
      await endHolding(tx, held, "release");
      const dropped = await tx.delete(candidates).where(eq(candidates.id, held.id)).returning();
      // Reading that was given up and begun anew may come here twice.
      if (dropped.length === 0) return;
      const name = held.name ?? held.businessId ?? "?";
      await tx
        .update(grants)
        .set({ withoutKey: sql`${grants.withoutKey} || to_jsonb(${name}::text)` })
        .where(eq(grants.id, held.grantId));
    });
  }
}

/** What the customer of this draft accepted. */
async function findRightsAsked(
  tx: Parameters<typeof listHeldKeys>[0],
  grant: Grant,
): Promise<readonly RightAsked[]> {
  if (!grant.draftId) return [];
  const [row] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .innerJoin(drafts, eq(drafts.specificationId, specifications.id))
    .where(eq(drafts.id, grant.draftId));
  return row ? readContent(row.content).technicalUser.rights : [];
}
