import { and, asc, eq, isNull, lt, lte, ne, or } from "drizzle-orm";
import { connectionExportChunks, connectionExports, exportTickets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { destroyDataKey } from "@/lib/platform/seal/data-key";
import { LEASE_MS } from "./make-export";

const DAY_MS = 24 * 3_600_000;
const GONE_LASTS_MS = 30 * DAY_MS;
const BATCH = 50;

/** Destroys exports whose time is over: key, chunks and tickets. Forgets a month later that there were any. Returns how many ended. */
export async function endExports(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ id: connectionExports.id })
    .from(connectionExports)
    .where(and(ne(connectionExports.state, "gone"), lte(connectionExports.endsAt, now)))
    .orderBy(asc(connectionExports.endsAt))
    .limit(BATCH)
    .for("update", { skipLocked: true });
  for (const { id } of due) await destroyExport(tx, id, now);
  await tx.delete(exportTickets).where(lt(exportTickets.createdAt, new Date(now.getTime() - DAY_MS)));
  await tx
    .delete(connectionExports)
    .where(
      and(
        eq(connectionExports.state, "gone"),
        lt(connectionExports.goneAt, new Date(now.getTime() - GONE_LASTS_MS)),
      ),
    );
  return due.length;
}

/** Has exports made whose run was lost. Returns how many. */
export async function reviveExports(tx: SystemTransaction, now: Date): Promise<number> {
  const silentSince = new Date(now.getTime() - 2 * LEASE_MS);
  const lost = await tx
    .select({ exportId: connectionExports.id })
    .from(connectionExports)
    .where(
      and(
        eq(connectionExports.state, "making"),
        or(
          lt(connectionExports.leasedAt, silentSince),
          and(isNull(connectionExports.leasedAt), lt(connectionExports.createdAt, silentSince)),
        ),
      ),
    )
    .limit(BATCH);
  await enqueueEvents(tx, "connection/export.wanted", lost);
  return lost.length;
}

/** The exports of an account that is erased, at once. */
export async function destroyExportsOf(tx: SystemTransaction, accountId: string): Promise<void> {
  const rows = await tx
    .select({ id: connectionExports.id })
    .from(connectionExports)
    .where(and(eq(connectionExports.accountId, accountId), ne(connectionExports.state, "gone")))
    .for("update");
  for (const { id } of rows) await destroyExport(tx, id, new Date());
}

async function destroyExport(tx: SystemTransaction, id: string, now: Date): Promise<void> {
  await destroyDataKey(tx, { kind: "connection_export", id });
  await tx.delete(connectionExportChunks).where(eq(connectionExportChunks.exportId, id));
  await tx.delete(exportTickets).where(eq(exportTickets.exportId, id));
  await tx
    .update(connectionExports)
    .set({ state: "gone", goneAt: now, sizeBytes: 0, chunkCount: 0, counts: null })
    .where(eq(connectionExports.id, id));
}
