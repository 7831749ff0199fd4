import { and, asc, eq, lt } from "drizzle-orm";
import { importChunks, imports } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { addRows } from "@/lib/connection/delivery/add-rows";
import { closeDelivery } from "@/lib/connection/delivery/close-delivery";
import { openDelivery } from "@/lib/connection/delivery/open-delivery";
import { isAppError } from "@/lib/core/app-error";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { decryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { incomingRecords, sealedRecords } from "./schema";

const MINUTE_MS = 60_000;
/** An import whose job is healthy is carried out within seconds. */
const LOST_AFTER_MS = 5 * MINUTE_MS;
const ENDED_LASTS_MS = 90 * 24 * 60 * MINUTE_MS;

/**
 * Makes a delivery of what a person sent, in one transaction: a worker that is killed leaves it as it was. May be repeated. An
 * import whose connection has ended meanwhile, or whose records cannot be opened, is refused.
 */
export async function carryOutImport(context: WorkerContext, importId: string): Promise<void> {
  try {
    await asSystem(context, "carry out an import", (tx) => deliver(tx, context, importId));
  } catch (error) {
    if (!isAppError(error, "gone") && !isAppError(error, "not_found")) throw error;
    await asSystem(context, "refuse an import", (tx) => end(tx, importId, { state: "refused" }));
  }
}

async function deliver(tx: SystemTransaction, context: WorkerContext, importId: string): Promise<void> {
  const [wanted] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.state, "waiting")))
    .for("update");
  if (!wanted) return;
  const chunks = await tx
    .select({ sealed: importChunks.sealed })
    .from(importChunks)
    .where(eq(importChunks.importId, importId))
    .orderBy(asc(importChunks.number));
  const { connectionId, entity, sentBy } = wanted;
  const delivery = await openDelivery(tx, context.keys, { connectionId, entity, door: "page", sentBy });
  for (const { sealed } of chunks) {
    const opened = sealedRecords.safeParse(await decryptToWorker(tx, context, sealed));
    // Moved here from another import, or encrypted to a key that is gone: nothing of it is to be trusted.
    if (!opened.success || opened.data.importId !== importId) return end(tx, importId, { state: "refused" });
    await addRows(tx, delivery, incomingRecords.parse(JSON.parse(opened.data.records)).map(toIncoming));
  }
  await closeDelivery(tx, delivery);
  await end(tx, importId, { state: "delivered", deliveryId: delivery.id });
}

const toIncoming = ({ position, fields }: { position: number; fields?: unknown }) => ({ position, fields });

async function end(
  tx: SystemTransaction,
  importId: string,
  outcome: { state: "delivered"; deliveryId: string } | { state: "refused" },
): Promise<void> {
  await tx
    .update(imports)
    .set({ ...outcome, endedAt: new Date() })
    .where(and(eq(imports.id, importId), eq(imports.state, "waiting")));
  await tx.delete(importChunks).where(eq(importChunks.importId, importId));
}

/** Has imports carried out whose job was lost, and forgets those that ended long ago. Gives how many it asked for. */
export async function sweepImports(tx: SystemTransaction, now: Date): Promise<number> {
  const lost = await tx
    .select({ importId: imports.id })
    .from(imports)
    .where(and(eq(imports.state, "waiting"), lt(imports.createdAt, new Date(now.getTime() - LOST_AFTER_MS))));
  await enqueueEvents(tx, "delivery/import.wanted", lost);
  await tx.delete(imports).where(lt(imports.endedAt, new Date(now.getTime() - ENDED_LASTS_MS)));
  return lost.length;
}
