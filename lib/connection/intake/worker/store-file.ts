import { and, eq, like, or } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { intakeFileChunks, intakeFiles, type uploads } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { ensureDataKey, type SealKeys } from "@/lib/platform/seal/data-key";
import { CHUNK_BYTES, sealFileChunk } from "../chunk";
import type { ResultFolder } from "../schema";

type Upload = Pick<typeof uploads.$inferSelect, "id" | "connectionId" | "partnerId" | "accountId">;

/** What a file is called: another number before its ending when the name is there already. */
async function freeName(
  tx: SystemTransaction,
  connectionId: string,
  folder: ResultFolder,
  { stem, ending }: { stem: string; ending: string },
): Promise<string> {
  const escaped = stem.replace(/[\\%_]/g, "\\$&");
  const rows = await tx
    .select({ name: intakeFiles.name })
    .from(intakeFiles)
    .where(
      and(
        eq(intakeFiles.connectionId, connectionId),
        eq(intakeFiles.folder, folder),
        or(eq(intakeFiles.name, `${stem}${ending}`), like(intakeFiles.name, `${escaped}-%`)),
      ),
    );
  const taken = new Set(rows.map(({ name }) => name));
  if (!taken.has(`${stem}${ending}`)) return `${stem}${ending}`;
  for (let number = 2; ; number += 1) {
    const name = `${stem}-${number}${ending}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * What the results of a file are called: its own name, or with another number when results of a file of that name are there.
 * `NAME.result-2.csv` is the second result of one file, and `NAME-2.result.csv` the first one of the second file.
 */
export async function freeResultStem(
  tx: SystemTransaction,
  connectionId: string,
  name: string,
): Promise<string> {
  const escaped = name.replace(/[\\%_]/g, "\\$&");
  const isOfResult = and(eq(intakeFiles.connectionId, connectionId), eq(intakeFiles.folder, "Result"));
  const rows = await tx
    .select({ name: intakeFiles.name })
    .from(intakeFiles)
    .where(and(isOfResult, like(intakeFiles.name, `${escaped}%`)));
  const isTaken = (stem: string) =>
    rows.some(
      (row) =>
        /^\.(?:result|rejected)(?:-\d+)?\.csv$/.test(row.name.slice(stem.length)) &&
        row.name.startsWith(stem),
    );
  for (let number = 1; ; number += 1) {
    const stem = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(stem)) return stem;
  }
}

/** Puts a log or result where the customer fetches it, sealed in the ring `intake`. Gives its name. */
export async function storeFile(
  tx: SystemTransaction,
  keys: SealKeys,
  { id: uploadId, connectionId, partnerId, accountId }: Upload,
  file: { folder: ResultFolder; stem: string; ending: string; content: Buffer },
): Promise<string> {
  const owner = { connectionId, partnerId, accountId };
  const dataKey = await ensureDataKey(tx, keys, { kind: "connection_intake", id: connectionId });
  const name = await freeName(tx, connectionId, file.folder, file);
  const fileId = uuidv7();
  await tx.insert(intakeFiles).values({
    id: fileId,
    ...owner,
    folder: file.folder,
    name,
    sizeBytes: file.content.length,
    uploadId,
  });
  for (let number = 0; number * CHUNK_BYTES < file.content.length; number += 1) {
    const part = file.content.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
    await tx
      .insert(intakeFileChunks)
      .values({ fileId, ...owner, number, sealed: sealFileChunk(dataKey, fileId, number, part) });
  }
  return name;
}
