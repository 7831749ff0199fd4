import { desc, eq, isNull, sql } from "drizzle-orm";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { uuidv7 } from "uuidv7";
import { evidenceKeys } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { EVIDENCE_ALGORITHM, publicKey as publicKeyShape } from "./schema";
import { fingerprintOfKey, stateKey } from "./statements";

const PRIVATE_KEY = "private_key";
type KeyRow = typeof evidenceKeys.$inferSelect;
type SigningKey = { row: KeyRow; privateKey: JWK };

/** One maker at a time, of all processes. */
const lockMaking = (tx: SystemTransaction) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('evidence_keys', 0))`);

async function findCurrent(tx: SystemTransaction): Promise<KeyRow | null> {
  const [row] = await tx
    .select()
    .from(evidenceKeys)
    .where(isNull(evidenceKeys.retiredAt))
    .orderBy(desc(evidenceKeys.id))
    .limit(1);
  return row ?? null;
}

/** The key that signs now, opened. Throws `misconfigured` when it does not open: a new one is made by a person alone. */
export async function getSigningKey(tx: SystemTransaction, context: WorkerContext): Promise<SigningKey> {
  const row = await findCurrent(tx);
  if (!row) throw new AppError("misconfigured", "no worker has made an evidence key yet");
  const secret = await findSecret(tx, context.keys, { kind: "evidence_key", id: row.id }, PRIVATE_KEY);
  if (!secret)
    throw new AppError(
      "misconfigured",
      `the evidence key ${row.kid} does not open; see docs/operations/evidence.md`,
    );
  return { row, privateKey: JSON.parse(secret.value) };
}

async function makeKey(
  tx: SystemTransaction,
  context: WorkerContext,
  before: SigningKey | null,
  createdAt: Date,
): Promise<string> {
  const pair = await generateKeyPair(EVIDENCE_ALGORITHM, { extractable: true });
  const publicKey = publicKeyShape.parse(await exportJWK(pair.publicKey));
  const privateKey = await exportJWK(pair.privateKey);
  const kid = fingerprintOfKey(publicKey);
  const predecessor = before?.row.kid ?? null;
  const signer = before ? { kid: before.row.kid, privateKey: before.privateKey } : { kid, privateKey };
  const statement = await stateKey(
    { kid, publicKey, predecessor, createdAt, issuer: context.publicUrl },
    signer,
  );
  const id = uuidv7();
  await tx.insert(evidenceKeys).values({ id, kid, publicKey, predecessor, statement, createdAt });
  const owner = { kind: "evidence_key", id } as const;
  await storeSecret(tx, context.keys, owner, { name: PRIVATE_KEY, value: JSON.stringify(privateKey) });
  return kid;
}

/**
 * Makes the first key, in an installation that has never published one. Where one is published none is ever made by itself:
 * who holds a document would find another portal's key. Run at the worker's start.
 */
export function ensureEvidenceKey(context: WorkerContext): Promise<void> {
  return asSystem(context, "ensure evidence key", async (tx) => {
    await lockMaking(tx);
    const [any] = await tx.select({ id: evidenceKeys.id }).from(evidenceKeys).limit(1);
    if (!any) await makeKey(tx, context, null, new Date());
  });
}

export type Rotation = {
  /** The predecessor is lost: the new key signs itself, and documents lead to another first key from now on. */
  isNewRoot: boolean;
  /** The predecessor was stolen then. */
  distrustedSince: Date | null;
};

/** Puts a new key in the place of the one that signs now, signed by it. Gives the new one's fingerprint. */
export function rotateEvidenceKey(
  context: WorkerContext,
  { isNewRoot, distrustedSince }: Rotation,
): Promise<string> {
  return asSystem(context, "rotate evidence key", async (tx) => {
    await lockMaking(tx);
    const current = await findCurrent(tx);
    const before = isNewRoot || !current ? null : await getSigningKey(tx, context);
    const now = new Date();
    if (current)
      await tx
        .update(evidenceKeys)
        .set({ retiredAt: now, distrustedSince })
        .where(eq(evidenceKeys.id, current.id));
    const kid = await makeKey(tx, context, before, now);
    await writeAudit(tx, {
      actor: { kind: "system" },
      action: "evidence_key.rotate",
      subject: { kind: "evidence_key", id: kid },
      detail: { isNewRoot: before === null, isDistrusted: distrustedSince !== null },
    });
    return kid;
  });
}
