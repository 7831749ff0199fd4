import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { dataKeys, intakeFileChunks, intakeFiles, uploads } from "@/db/schema";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import { CHUNK_BYTES, openFileChunk } from "../chunk";
import type { ResultFolder, UploadFolder } from "../schema";
import type { Door, IntakeContext, IntakeTransaction } from "./context";
import { TAKEN_ANSWERS_SECONDS } from "./limits";
import { type Folder, isUploadFolder } from "./names";

export type Entry = { name: string; sizeBytes: number; modifiedAt: Date };
export type FoundUpload = Entry & { id: string; state: "receiving" | "closed"; chunkCount: number };

const OPEN_STATES = ["receiving", "closed"] as const;
const isAt = (folder: UploadFolder, name: string) => and(eq(uploads.folder, folder), eq(uploads.name, name));

/** What a client sees in a folder: what is on its way in, or what came back. */
export async function listFiles(tx: IntakeTransaction, folder: Folder): Promise<Entry[]> {
  if (isUploadFolder(folder))
    return tx
      .select({ name: uploads.name, sizeBytes: uploads.sizeBytes, modifiedAt: uploads.touchedAt })
      .from(uploads)
      .where(and(eq(uploads.folder, folder), inArray(uploads.state, [...OPEN_STATES])))
      .orderBy(asc(uploads.name));
  return tx
    .select({ name: intakeFiles.name, sizeBytes: intakeFiles.sizeBytes, modifiedAt: intakeFiles.createdAt })
    .from(intakeFiles)
    .where(eq(intakeFiles.folder, folder))
    .orderBy(asc(intakeFiles.name));
}

/** A file that was not taken yet. */
export async function findUpload(
  tx: IntakeTransaction,
  folder: UploadFolder,
  name: string,
): Promise<FoundUpload | null> {
  const [row] = await tx
    .select()
    .from(uploads)
    .where(and(isAt(folder, name), inArray(uploads.state, [...OPEN_STATES])))
    .for("update");
  if (!row || (row.state !== "receiving" && row.state !== "closed")) return null;
  return { ...row, state: row.state, modifiedAt: row.touchedAt };
}

/** A name whose file was taken a moment ago. */
export async function findTaken(
  tx: IntakeTransaction,
  folder: UploadFolder,
  name: string,
): Promise<Entry | null> {
  const recently = sql`now() - make_interval(secs => ${TAKEN_ANSWERS_SECONDS})`;
  const [row] = await tx
    .select({ name: uploads.name, sizeBytes: uploads.sizeBytes, modifiedAt: uploads.touchedAt })
    .from(uploads)
    .where(and(isAt(folder, name), gt(uploads.takenAt, recently)))
    .limit(1);
  return row ?? null;
}

export async function findResult(
  tx: IntakeTransaction,
  folder: ResultFolder,
  name: string,
): Promise<(Entry & { id: string }) | null> {
  const [row] = await tx
    .select()
    .from(intakeFiles)
    .where(and(eq(intakeFiles.folder, folder), eq(intakeFiles.name, name)));
  return row ? { id: row.id, name: row.name, sizeBytes: row.sizeBytes, modifiedAt: row.createdAt } : null;
}

/** A client opened it: the customer has what became of the file. */
export async function markFetched(tx: IntakeTransaction, fileId: string): Promise<void> {
  await tx
    .update(intakeFiles)
    .set({ fetchedAt: sql`now()` })
    .where(and(eq(intakeFiles.id, fileId), isNull(intakeFiles.fetchedAt)));
}

/** Up to `length` bytes of a log or result from `offset`; fewer at the end of a chunk, none at the end of the file. */
export async function readResult(
  tx: IntakeTransaction,
  { keys }: Pick<IntakeContext, "keys">,
  door: Door,
  { fileId, offset, length }: { fileId: string; offset: number; length: number },
): Promise<Buffer> {
  const number = Math.floor(offset / CHUNK_BYTES);
  const [chunk] = await tx
    .select({ sealed: intakeFileChunks.sealed })
    .from(intakeFileChunks)
    .where(and(eq(intakeFileChunks.fileId, fileId), eq(intakeFileChunks.number, number)));
  const [row] = await tx
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.ownerKind, "connection_intake"), eq(dataKeys.ownerId, door.connectionId)));
  if (!chunk || !row) return Buffer.alloc(0);
  const plain = openFileChunk(unwrapDataKey(keys, row), fileId, number, chunk.sealed);
  const from = offset - number * CHUNK_BYTES;
  return plain.subarray(from, from + length);
}
