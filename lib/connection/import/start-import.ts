import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { connections, importChunks, imports } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import { readLine } from "@/lib/core/outside-text";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import type { FileRecord } from "./read-file";

const LONGEST_NAME = 120;
/** A sealed text of some hundred kilobytes. */
const RECORDS_AT_ONCE = 250;

type Started = { connectionId: string; entity: string; fileName: string; records: readonly FileRecord[] };

/**
 * Keeps the good records of a file, encrypted to the worker, who makes a delivery of them. The bad ones are left with the
 * person. Gives the import's id. Throws `not_found` for another account's connection and `gone` for one that has ended.
 */
export async function startImport(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { connectionId, entity, fileName, records }: Started,
): Promise<string> {
  const [connection] = await tx
    .select({ partnerId: connections.partnerId, state: connections.state })
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.accountId, viewer.accountId)));
  if (!connection) throw new AppError("not_found", "connection");
  if (!isLive(connection.state)) throw new AppError("gone", "the connection has ended");
  const id = uuidv7();
  const owner = { connectionId, partnerId: connection.partnerId, accountId: viewer.accountId };
  await tx.insert(imports).values({
    ...{ id, ...owner, entity, rowCount: records.length, sentBy: viewer.userId },
    fileName: readLine(fileName, LONGEST_NAME) ?? "file.csv",
  });
  for (let start = 0, number = 0; start < records.length; start += RECORDS_AT_ONCE, number += 1) {
    const some = records.slice(start, start + RECORDS_AT_ONCE);
    const written = JSON.stringify(some.map(({ position, fields }) => ({ position, fields })));
    const sealed = await encryptToWorker(tx, { importId: id, records: written });
    await tx.insert(importChunks).values({ importId: id, number, ...owner, sealed });
  }
  await enqueueEvent(tx, "delivery/import.wanted", { importId: id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: connection.partnerId,
    action: "delivery.import",
    subject: { kind: "connection", id: connectionId },
    detail: { entity, records: records.length },
  });
  return id;
}
