import { and, eq, inArray, sql } from "drizzle-orm";
import { intakeFiles, uploadChunks, uploads } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { sealChunk } from "../chunk";
import type { ResultFolder, UploadFolder } from "../schema";
import { type Door, type IntakeTransaction, ownerOf } from "./context";
import { type FoundUpload, findTaken, findUpload } from "./files";
import { LARGEST_FILE_BYTES, MOST_BYTES, MOST_FILES } from "./limits";
import { isTemporaryName } from "./names";

export type OpenOptions = {
  canCreate: boolean;
  /** Begins anew: what had the name is gone. */
  isTruncating: boolean;
  /** Refused when the name is there. */
  isExclusive: boolean;
};

/**
 * Opens a file for writing. Throws `not_found` when it may not be made, `conflict` when it must not exist, and
 * `too_many_requests` when the account holds as much as it may.
 */
export async function openUpload(
  tx: IntakeTransaction,
  door: Door,
  place: { folder: UploadFolder; name: string },
  { canCreate, isTruncating, isExclusive }: OpenOptions,
): Promise<FoundUpload> {
  const found = await findUpload(tx, place.folder, place.name);
  if (found && isExclusive) throw new AppError("conflict", "the name is taken");
  if (found && !isTruncating) {
    await tx
      .update(uploads)
      .set({ state: "receiving", touchedAt: sql`now()` })
      .where(eq(uploads.id, found.id));
    return found;
  }
  if (found) await tx.delete(uploads).where(eq(uploads.id, found.id));
  else if (!canCreate) throw new AppError("not_found", "upload");
  const held = await readHeld(tx, door);
  if (held.files >= MOST_FILES || held.bytes >= MOST_BYTES) throw usedUp();
  const [row] = await tx
    .insert(uploads)
    .values({ ...ownerOf(door), ...place })
    .returning();
  if (!row) throw new AppError("not_found", "upload");
  return { ...row, state: "receiving", modifiedAt: row.touchedAt };
}

const usedUp = () => new AppError("too_many_requests", "the quota of the account is used up");

/** What waits to be processed, over all files of the account. */
async function readHeld(tx: IntakeTransaction, door: Door): Promise<{ files: number; bytes: number }> {
  const [held] = await tx
    .select({
      files: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${uploads.sizeBytes}), 0)::float8`,
    })
    .from(uploads)
    .where(
      and(
        eq(uploads.connectionId, door.connectionId),
        inArray(uploads.state, ["receiving", "closed", "taken", "delivered"]),
      ),
    );
  return held ?? { files: 0, bytes: 0 };
}

/**
 * Adds bytes to the end of a file, encrypted to the worker. The number belongs to one writer: a second handle on the same file
 * throws `conflict`.
 */
export async function addChunk(
  tx: IntakeTransaction,
  door: Door,
  upload: { id: string; chunkCount: number; sizeBytes: number },
  bytes: Uint8Array,
): Promise<void> {
  if (upload.sizeBytes + bytes.length > LARGEST_FILE_BYTES)
    throw new AppError("too_many_requests", "the file is too large");
  // Files that were opened while there was room, or are appended to, grow into the same quota.
  if ((await readHeld(tx, door)).bytes + bytes.length > MOST_BYTES) throw usedUp();
  const sealed = await sealChunk(tx, { uploadId: upload.id, number: upload.chunkCount }, bytes);
  const [changed] = await tx
    .update(uploads)
    .set({
      sizeBytes: upload.sizeBytes + bytes.length,
      chunkCount: upload.chunkCount + 1,
      touchedAt: sql`now()`,
    })
    .where(
      and(
        eq(uploads.id, upload.id),
        eq(uploads.state, "receiving"),
        eq(uploads.chunkCount, upload.chunkCount),
      ),
    )
    .returning({ id: uploads.id });
  if (!changed) throw new AppError("conflict", "the file was changed by another handle");
  await tx
    .insert(uploadChunks)
    .values({ uploadId: upload.id, ...ownerOf(door), number: upload.chunkCount, ...sealed });
}

/** The client closed the file: it is taken some seconds later, unless its name says that a rename follows. */
export async function closeUpload(tx: IntakeTransaction, uploadId: string): Promise<void> {
  const [row] = await tx
    .update(uploads)
    .set({ state: "closed", touchedAt: sql`now()` })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "receiving")))
    .returning({ name: uploads.name, folder: uploads.folder });
  if (!row) throw new AppError("conflict", "the file is gone");
  if (row.folder === "root" && !isTemporaryName(row.name))
    await enqueueEvent(tx, "intake/upload.closed", { uploadId });
}

/**
 * Gives a file that was not taken yet another name or folder. A name that was taken a moment ago answers without an effect: its
 * file is being read. Throws `not_found`, and `conflict` when the new name is there.
 */
export async function renameUpload(
  tx: IntakeTransaction,
  from: { folder: UploadFolder; name: string },
  to: { folder: UploadFolder; name: string },
): Promise<void> {
  const found = await findUpload(tx, from.folder, from.name);
  if (!found) {
    if (await findTaken(tx, from.folder, from.name)) return;
    throw new AppError("not_found", "upload");
  }
  if (await findUpload(tx, to.folder, to.name)) throw new AppError("conflict", "the new name is taken");
  await tx
    .update(uploads)
    .set({ ...to, touchedAt: sql`now()` })
    .where(eq(uploads.id, found.id));
  if (found.state === "closed" && to.folder === "root" && !isTemporaryName(to.name))
    await enqueueEvent(tx, "intake/upload.closed", { uploadId: found.id });
}

/** Whether there was such a file. */
export async function removeUpload(
  tx: IntakeTransaction,
  folder: UploadFolder,
  name: string,
): Promise<boolean> {
  const found = await findUpload(tx, folder, name);
  if (found) await tx.delete(uploads).where(eq(uploads.id, found.id));
  return found !== null;
}

export async function removeResult(
  tx: IntakeTransaction,
  folder: ResultFolder,
  name: string,
): Promise<boolean> {
  const removed = await tx
    .delete(intakeFiles)
    .where(and(eq(intakeFiles.folder, folder), eq(intakeFiles.name, name)))
    .returning({ id: intakeFiles.id });
  return removed.length > 0;
}
