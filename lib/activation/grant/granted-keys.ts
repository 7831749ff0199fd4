import { and, eq } from "drizzle-orm";
import { candidates } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { KeyIssuingConnector } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { keyNameOf, tokenNameOf } from "@/lib/connectors/vendor/granted-key-names";
import { AppError } from "@/lib/core/app-error";
import { destroySecrets, dropSecret, findSecret } from "@/lib/platform/seal/secrets";
import { closeTask } from "@/lib/platform/task/open-task";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { grantedKeyMachine } from "./rules";
import type { KeysFrom } from "./schema";

/** A vendor whose consents issue keys, and how to reach it. */
export type KeyGrantingVendor = { connector: KeyIssuingConnector; vendor: ConnectorContext };

export type GrantedKey = typeof candidates.$inferSelect;

const isHeld = (grantId: string) => and(eq(candidates.grantId, grantId), eq(candidates.keyState, "held"));

/** Keys of a grant that nobody has decided about, in a fixed order. */
export function listHeldKeys(tx: SystemTransaction, grantId: string): Promise<GrantedKey[]> {
  return tx.select().from(candidates).where(isHeld(grantId)).orderBy(candidates.id);
}

export async function holdsKeys(tx: SystemTransaction, grantId: string): Promise<boolean> {
  const [held] = await tx.select({ id: candidates.id }).from(candidates).where(isHeld(grantId)).limit(1);
  return held !== undefined;
}

/** One that the customer made by hand and pasted: it is the customer's own. One of a consent was issued to us. */
export function isMadeByHand(keysFrom: KeysFrom, { existing }: Pick<GrantedKey, "existing">): boolean {
  return keysFrom === "customer" && existing === "manual";
}

/** Opens a held key. Throws `not_found` when it is not there any more. */
export async function openGrantedKey(
  tx: SystemTransaction,
  context: WorkerContext,
  { grantId, id }: Pick<GrantedKey, "grantId" | "id">,
): Promise<HeldKey> {
  const secret = await findSecret(tx, context.keys, { kind: "grant", id: grantId }, keyNameOf(id));
  if (!secret) throw new AppError("not_found", "granted key");
  return { subject: { kind: "granted_key", grantId, candidateId: id }, secret: secret.value };
}

/** Ends the holding of a key: its copy here goes, and with the last one the grant's data key. */
export async function endHolding(
  tx: SystemTransaction,
  { grantId, id }: Pick<GrantedKey, "grantId" | "id">,
  event: "activate" | "release" | "keep" | "leave",
): Promise<void> {
  await tx
    .update(candidates)
    .set({ keyState: grantedKeyMachine.advance("held", event), releaseFailedAt: null })
    .where(and(eq(candidates.id, id), eq(candidates.keyState, "held")));
  await closeTask(tx, "release_refused", id);
  const owner = { kind: "grant", id: grantId } as const;
  if (!(await holdsKeys(tx, grantId))) return destroySecrets(tx, owner);
  await dropSecret(tx, owner, keyNameOf(id));
  await dropSecret(tx, owner, tokenNameOf(id));
}
