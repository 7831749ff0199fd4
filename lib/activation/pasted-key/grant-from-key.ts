import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { candidates, drafts, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { releaseOlderGrants } from "@/lib/activation/grant/release-older-grants";
import { expiryOfGrantedKeys, grantedKeyMachine, grantMachine } from "@/lib/activation/grant/rules";
import { isHeldOfConsent, lockKeysOf } from "@/lib/connection/lifecycle/key-holders";
import { coverageOf, type Verification } from "@/lib/connectors/connector";
import { getConnector } from "@/lib/connectors/registry";
import { keyNameOf } from "@/lib/connectors/vendor/granted-key-names";
import { storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { endCheck } from "./end-check";
import { findHolder } from "./find-holder";
import type { LoadedKey } from "./load-pasted-key";

export type ReadKey = { secret: string; read: Verification };

/**
 * The key takes the place of a consent: a grant with the one company that it belongs to, sealed with it. From here on the
 * draft goes the way of every other one.
 */
export async function grantFromKey(context: WorkerContext, loaded: LoadedKey, key: ReadKey): Promise<void> {
  await asSystem(context, "grant from pasted key", async (tx) => {
    await lockKeysOf(tx, loaded.vendorApplicationId);
    const draft = await findOpenDraft(tx, loaded.pasted.draftId);
    if (!draft) return endCheck(tx, loaded, { state: "refused", refusal: "not_wanted" });
    const holding = await findHolder(tx, context, loaded, {
      secret: key.secret,
      externalId: key.read.identity.externalId,
    });
    if (holding) return endCheck(tx, loaded, { state: "refused", ...holding });
    if (!(await endCheck(tx, loaded, { state: "accepted" }))) return false;
    return insertGrant(tx, context, loaded, draft, key);
  });
}

async function findOpenDraft(tx: SystemTransaction, draftId: string | null) {
  if (draftId === null) return null;
  const [draft] = await tx.select().from(drafts).where(eq(drafts.id, draftId)).for("update");
  return draft?.state === "open" ? draft : null;
}

async function insertGrant(
  tx: SystemTransaction,
  context: WorkerContext,
  { pasted, connector, stage, integrationId, vendorApplicationId }: LoadedKey,
  draft: typeof drafts.$inferSelect,
  { secret, read }: ReadKey,
): Promise<boolean> {
  const [grantId, candidateId] = [uuidv7(), uuidv7()];
  const { accountId, userId } = pasted;
  const now = new Date();
  await tx.insert(grants).values({
    id: grantId,
    accountId,
    userId,
    integrationId,
    connector,
    stage,
    vendorRequest: grantId,
    draftId: draft.id,
    keysFrom: "customer",
    state: grantMachine.advance(null, "paste"),
    linkToken: draft.linkToken,
    expiresAt: expiryOfGrantedKeys(now),
  });
  const { externalId, name, businessId, country } = read.identity;
  await tx.insert(candidates).values({
    id: candidateId,
    grantId,
    accountId,
    ...{ externalId, name, businessId, country },
    rights: "full",
    existing: (await isHeldOfConsent(tx, context, vendorApplicationId, secret)) ? "flow" : "manual",
    productFit: read.productFit,
    keyState: grantedKeyMachine.advance(null, "issue"),
  });
  const owner = { kind: "grant", id: grantId } as const;
  await storeSecret(tx, context.keys, owner, { name: keyNameOf(candidateId), value: secret });
  await tx.update(drafts).set({ updatedAt: now }).where(eq(drafts.id, draft.id));
  const covers = coverageOf(getConnector(connector));
  await releaseOlderGrants(tx, { grantId, draftId: draft.id, covers });
  return true;
}
