import { and, count, inArray, ne, type SQL, sql } from "drizzle-orm";
import { dataKeys } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { listRunningWorkers } from "@/lib/platform/worker-process/queries";
import { describeUnopenable, listUnopenable } from "./check-keys";
import { encrypt } from "./cipher";
import {
  dataKeyContext,
  KEY_RINGS,
  type KeyEncryptionKey,
  type KeyRing,
  kindsOf,
  nameOfKey,
  RING_SETTING,
  type SealKeys,
  unwrapDataKey,
} from "./data-key";

/** Few enough that a transaction takes a moment: whoever ends a connection meanwhile waits for it. */
const BATCH = 200;

export type Rewrapping = { done: number; total: number };

/**
 * Wraps every data key by the first key-encryption key of its ring, while everything goes on. Each batch is committed by
 * itself, so that whoever is interrupted runs it again and goes on from there. Resolves when no data key is wrapped by
 * another one any more, to how many it wrapped. Before anything is changed it throws `misconfigured` when a key that is needed
 * is not in its ring, and `conflict` when a worker runs that does not know the first one.
 */
export async function rewrapDataKeys(
  context: WorkerContext,
  onProgress: (progress: Rewrapping) => void = () => {},
): Promise<number> {
  await asSystem(context, "find wrapping keys", (tx) => assertAllInList(tx, context.keys));
  await asSystem(context, "find workers", (tx) => assertWorkersFollow(tx, context.keys));
  let done = 0;
  for (;;) {
    const waiting = await asSystem(context, "count data keys", (tx) => countOthers(tx, context.keys));
    const ofAll = waiting.reduce((sum, ring) => sum + ring.count, 0);
    onProgress({ done, total: done + ofAll });
    const next = waiting.find((ring) => ring.count > 0);
    if (!next) return done;
    done += await asSystem(context, "rewrap data keys", (tx) => rewrapBatch(tx, context.keys, next.ring));
  }
}

function firstOf(keys: SealKeys, ring: KeyRing): KeyEncryptionKey {
  const [first] = keys.rings[ring];
  if (!first) throw new AppError("misconfigured", `${RING_SETTING[ring]} is empty`);
  return first;
}

/** Data keys of a ring that another one than its first wraps. */
const isWrappedByOther = (keys: SealKeys, ring: KeyRing): SQL | undefined =>
  and(inArray(dataKeys.ownerKind, kindsOf(ring)), ne(dataKeys.keyEncryptionKeyId, firstOf(keys, ring).id));

async function assertAllInList(tx: SystemTransaction, keys: SealKeys): Promise<void> {
  const missing = await listUnopenable(tx, keys);
  if (missing.length > 0) throw new AppError("misconfigured", describeUnopenable(missing));
}

/** A worker that does not hold the first key of a ring could no longer open what is wrapped by it. */
async function assertWorkersFollow(tx: SystemTransaction, keys: SealKeys): Promise<void> {
  const workers = await listRunningWorkers(tx);
  for (const ring of KEY_RINGS) {
    const first = firstOf(keys, ring).id;
    const behind = workers.filter((worker) => !worker.keyIds.includes(nameOfKey(ring, first)));
    if (behind.length === 0) continue;
    throw new AppError(
      "conflict",
      `${behind.length} running worker(s) do not know "${first}": restart them with it in ${RING_SETTING[ring]} first. A worker ` +
        "that was killed counts for a minute more.",
    );
  }
}

async function countOthers(
  tx: SystemTransaction,
  keys: SealKeys,
): Promise<{ ring: KeyRing; count: number }[]> {
  const counts: { ring: KeyRing; count: number }[] = [];
  for (const ring of KEY_RINGS) {
    const [row] = await tx.select({ count: count() }).from(dataKeys).where(isWrappedByOther(keys, ring));
    counts.push({ ring, count: row?.count ?? 0 });
  }
  return counts;
}

/**
 * Locks each row that it wraps: a data key that is destroyed meanwhile is not made again. Rows that somebody else has locked
 * are left for the next batch, so that the two never wait for each other. Who seals a secret under one of them need not wait.
 */
async function rewrapBatch(tx: SystemTransaction, keys: SealKeys, ring: KeyRing): Promise<number> {
  const first = firstOf(keys, ring);
  const others = () => tx.select().from(dataKeys).where(isWrappedByOther(keys, ring));
  const free = await others().limit(BATCH).for("no key update", { skipLocked: true });
  const rows = free.length > 0 ? free : await others().limit(1).for("no key update");
  const fresh = rows.map((row) => {
    const owner = { kind: row.ownerKind, id: row.ownerId };
    const dataKey = unwrapDataKey(keys, row);
    return { ...owner, wrapped: encrypt(first.key, dataKey, dataKeyContext(owner)) };
  });
  await tx.execute(sql`
    update data_keys set key_encryption_key_id = ${first.id}, wrapped_key = fresh.wrapped
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as fresh(kind text, id uuid, wrapped text)
    where owner_kind = fresh.kind and owner_id = fresh.id`);
  return rows.length;
}
