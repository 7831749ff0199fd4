import { and, eq } from "drizzle-orm";
import { uploadChunks, type uploads } from "@/db/schema";
import type { Entities, Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { openChunk } from "../chunk";
import { findUnknownColumns } from "../format/columns";
import { type OpenedCsv, openCsv } from "../format/csv";
import type { UploadProblem } from "../schema";
import type { FileLayout } from "./group-rows";

export type Upload = typeof uploads.$inferSelect;

/** A chunk that is gone, or not what was written in its place. */
export class DamagedUpload extends Error {
  override readonly name = "DamagedUpload";
}

async function* readBytes(context: WorkerContext, upload: Upload): AsyncGenerator<Uint8Array> {
  for (let number = 0; number < upload.chunkCount; number += 1) {
    const isIt = and(eq(uploadChunks.uploadId, upload.id), eq(uploadChunks.number, number));
    const plain = await asSystem(context, "read upload", async (tx) => {
      const [chunk] = await tx.select().from(uploadChunks).where(isIt);
      return chunk ? openChunk(tx, context.keys, chunk, chunk) : null;
    });
    if (!plain) throw new DamagedUpload(`chunk ${number} of ${upload.chunkCount}`);
    yield plain;
  }
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The entity whose name the file's name begins with: `SalesInvoices_2026-11-30.csv`. The longest, when several do. */
function findEntity(name: string, entities: Entities): Entity | null {
  const plain = plainName(name);
  const found = Object.values(entities).flatMap((entity) => {
    const begun = [entity.id, ...(entity.fileNames ?? [])]
      .map(plainName)
      .filter((own) => plain.startsWith(own));
    return begun.map(({ length }) => ({ entity, length }));
  });
  return found.sort((a, b) => b.length - a.length)[0]?.entity ?? null;
}

export type ReadableUpload = { entity: Entity; csv: OpenedCsv; layout: FileLayout };

/** Opens a file up to its header. Gives every reason why it cannot be read. */
export async function openUploadedFile(
  context: WorkerContext,
  upload: Upload,
  { integrationId, entities }: { integrationId: string; entities: Entities },
): Promise<ReadableUpload | { problems: UploadProblem[] }> {
  if (!/\.(?:csv|txt)$/i.test(upload.name))
    return { problems: [{ code: "format_unsupported", detail: { expected: "CSV" } }] };
  const entity = findEntity(upload.name, entities);
  if (!entity) {
    const known = Object.keys(entities).join(", ");
    return { problems: [{ code: "entity_unknown", detail: { known } }] };
  }
  const columns = listColumns(entity.schema);
  const known = columns.map(({ name }) => name);
  const csv = await openCsv(readBytes(context, upload), {
    envelope: "required",
    integrationId,
    knownColumns: known,
  });
  if ("problem" in csv) return { problems: [csv.problem] };
  const own = csv.header.names.slice(1, csv.header.names.length - csv.header.returnedColumns - 1);
  const unknown = findUnknownColumns(own, known);
  if (unknown.length > 0) return { problems: unknown };
  const listed = columns.find(({ isOfLine }) => isOfLine)?.name;
  const layout: FileLayout = {
    columns: own.map((name, index) => ({ name, place: index + 1 })),
    keyColumn: entity.keyField,
    listField: listed?.split(".")[0] ?? null,
  };
  return { entity, csv, layout };
}
