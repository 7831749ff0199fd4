import { and, asc, eq, gt } from "drizzle-orm";
import { sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { findSecret, fingerprintOf } from "./secrets";

const BATCH = 200;
/** Before every id there is. */
const BEGINNING = "00000000-0000-0000-0000-000000000000";

/**
 * Makes every stored fingerprint anew, after KYTKIN_HASH_KEY was changed; gives how many there are. For a time when no worker
 * runs: two keys in use at once do not recognize each other's fingerprints.
 */
export async function refreshFingerprints(
  context: WorkerContext,
  onProgress: (done: number) => void = () => {},
): Promise<number> {
  let done = 0;
  for (let last: string | undefined = BEGINNING; last !== undefined; ) {
    const after: string = last;
    const ids = await asSystem(context, "refresh fingerprints", (tx) => refreshBatch(tx, context, after));
    done += ids.length;
    if (ids.length > 0) onProgress(done);
    last = ids.at(-1);
  }
  return done;
}

async function refreshBatch(
  tx: SystemTransaction,
  { keys }: Pick<WorkerContext, "keys">,
  after: string,
): Promise<string[]> {
  const rows = await tx
    .select()
    .from(sealedSecrets)
    .where(gt(sealedSecrets.id, after))
    .orderBy(asc(sealedSecrets.id))
    .limit(BATCH)
    .for("update");
  for (const row of rows) {
    const opened = await findSecret(tx, keys, { kind: row.ownerKind, id: row.ownerId }, row.name);
    if (!opened) continue;
    const isSame = and(eq(sealedSecrets.id, row.id), eq(sealedSecrets.version, row.version));
    await tx
      .update(sealedSecrets)
      .set({ fingerprint: fingerprintOf(keys, opened.value) })
      .where(isSame);
  }
  return rows.map((row) => row.id);
}
