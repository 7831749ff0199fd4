import { randomUUID } from "node:crypto";
import { configure, ZipWriter } from "@zip.js/zip.js";
import { stringify } from "csv-stringify/sync";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import { connectionExportChunks, connectionExports } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { findEvidenceFile } from "@/lib/connection/evidence/queries";
import { isAppError } from "@/lib/core/app-error";
import { disarmSplits } from "@/lib/platform/csv-stream";
import { destroyDataKey, ensureDataKey } from "@/lib/platform/seal/data-key";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { EXPORT_CHUNK_BYTES, sealExportChunk } from "./chunk";
import { countLines, EXPORT_READERS, type Exported, findRequestId } from "./read-lines";
import { EXPORT_FILES, type ExportCounts, type ExportProblem } from "./schema";

/** A run that was not heard of for longer is dead; another one begins anew. */
export const LEASE_MS = 60_000;

// The worker's process has no other thread to give: node's own compression works beside the event loop.
configure({ useWebWorkers: false });

type Run = typeof connectionExports.$inferSelect & { leasedBy: string };

/** Another run has taken over, or the export is no longer wanted. */
class Superseded extends Error {}

/**
 * Writes the ZIP of an export, streamed: a page of rows in each transaction, a sealed chunk of a megabyte in each transaction. May be
 * killed at any time and repeated: each run begins anew and alone. A connection that ends meanwhile ends it too.
 */
export async function makeExport(
  context: WorkerContext,
  exportId: string,
): Promise<"ready" | "failed" | "nothing"> {
  const run = await asSystem(context, "take export", (tx) => takeRun(tx, exportId));
  if (!run) return "nothing";
  try {
    await writeZip(context, run);
    return "ready";
  } catch (error) {
    if (error instanceof Superseded) return "nothing";
    const problem = problemOf(error);
    if (!problem) throw error;
    context.log.warn({ exportId, problem, err: error }, "an export could not be made");
    await asSystem(context, "give up export", (tx) => giveUp(tx, run, problem));
    return "failed";
  }
}

function problemOf(error: unknown): ExportProblem | null {
  if (isAppError(error, "gone")) return "connection_ended";
  const isNodes = error instanceof Error && error.message.includes("unable to authenticate");
  return isNodes || isAppError(error, "misconfigured") ? "cannot_be_opened" : null;
}

async function takeRun(tx: SystemTransaction, exportId: string): Promise<Run | null> {
  const leasedBy = randomUUID();
  const [run] = await tx
    .update(connectionExports)
    .set({ leasedBy, leasedAt: new Date(), linesDone: 0, sizeBytes: 0, chunkCount: 0 })
    .where(
      and(
        eq(connectionExports.id, exportId),
        eq(connectionExports.state, "making"),
        or(
          isNull(connectionExports.leasedAt),
          lt(connectionExports.leasedAt, new Date(Date.now() - LEASE_MS)),
        ),
      ),
    )
    .returning();
  if (!run) return null;
  await tx.delete(connectionExportChunks).where(eq(connectionExportChunks.exportId, exportId));
  return { ...run, leasedBy };
}

/** Holds the export's row for this run, or throws that another one has it. */
async function touch(
  tx: SystemTransaction,
  { id, leasedBy }: Run,
  change: Partial<typeof connectionExports.$inferInsert>,
): Promise<void> {
  const touched = await tx
    .update(connectionExports)
    .set({ leasedAt: new Date(), ...change })
    .where(
      and(
        eq(connectionExports.id, id),
        eq(connectionExports.leasedBy, leasedBy),
        eq(connectionExports.state, "making"),
      ),
    )
    .returning({ id: connectionExports.id });
  if (touched.length === 0) throw new Superseded();
}

async function giveUp(tx: SystemTransaction, run: Run, problem: ExportProblem): Promise<void> {
  try {
    await touch(tx, run, { state: "failed", problem });
  } catch (error) {
    if (error instanceof Superseded) return;
    throw error;
  }
  await tx.delete(connectionExportChunks).where(eq(connectionExportChunks.exportId, run.id));
  await destroyDataKey(tx, { kind: "connection_export", id: run.id });
}

/** Seals what is written to it, a chunk at a time. */
class ChunkStore {
  private parts: Uint8Array[] = [];
  private waiting = 0;
  private number = 0;
  private size = 0;

  constructor(
    private readonly context: WorkerContext,
    private readonly run: Run,
    private readonly dataKey: Buffer,
  ) {}

  async write(part: Uint8Array): Promise<void> {
    this.parts.push(part);
    this.waiting += part.length;
    while (this.waiting >= EXPORT_CHUNK_BYTES) await this.store(EXPORT_CHUNK_BYTES);
  }

  /** Stores the rest; gives how much there is in all. */
  async finish(): Promise<{ sizeBytes: number; chunkCount: number }> {
    if (this.waiting > 0) await this.store(this.waiting);
    return { sizeBytes: this.size, chunkCount: this.number };
  }

  private async store(length: number): Promise<void> {
    const all = Buffer.concat(this.parts);
    const { id: exportId, connectionId, partnerId, accountId } = this.run;
    const number = this.number;
    const sealed = sealExportChunk(this.dataKey, exportId, number, all.subarray(0, length));
    const sizeBytes = this.size + length;
    await asSystem(this.context, "store chunk of export", async (tx) => {
      await touch(tx, this.run, { sizeBytes, chunkCount: number + 1 });
      const owner = { connectionId, partnerId, accountId };
      await tx.insert(connectionExportChunks).values({ exportId, ...owner, number, sealed });
    });
    this.parts = [all.subarray(length)];
    this.waiting = all.length - length;
    this.number += 1;
    this.size = sizeBytes;
  }
}

async function writeZip(context: WorkerContext, run: Run): Promise<void> {
  const { connectionId, accountId } = run;
  const { of, dataKey } = await asSystem(context, "begin export", async (tx) => {
    const exported: Exported = { connectionId, accountId, requestId: await findRequestId(tx, connectionId) };
    await touch(tx, run, { linesTotal: 2 * (await countLines(tx, exported)) });
    const owner = { kind: "connection_export", id: run.id } as const;
    return { of: exported, dataKey: await ensureDataKey(tx, context.keys, owner) };
  });
  const store = new ChunkStore(context, run, dataKey);
  const sink = new WritableStream<Uint8Array>({ write: (part) => store.write(part) });
  const zip = new ZipWriter(sink, { keepOrder: true, level: 6 });
  const counts: ExportCounts = {};
  let linesDone = 0;
  const read = async function* (file: (typeof EXPORT_FILES)[number]) {
    for await (const lines of EXPORT_READERS[file].read(
      (work) => asSystem(context, "read for export", work),
      context.keys,
      of,
    )) {
      linesDone += lines.length;
      await asSystem(context, "tell progress of export", (tx) => touch(tx, run, { linesDone }));
      yield lines;
    }
  };
  for (const file of EXPORT_FILES) {
    counts[file] = 0;
    const inJson = async function* () {
      for await (const lines of read(file)) {
        counts[file] = (counts[file] ?? 0) + lines.length;
        yield lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      }
    };
    const { columns } = EXPORT_READERS[file];
    const inCsv = async function* () {
      yield toCsv([columns], true);
      for await (const lines of read(file))
        yield toCsv(
          lines.map((line) => columns.map((column) => toCell(line[column]))),
          false,
        );
    };
    await zip.add(`${file}.jsonl`, streamText(inJson()));
    await zip.add(`${file}.csv`, streamText(inCsv()));
  }
  const receipt = await asSystem(context, "read receipt for export", (tx) =>
    findEvidenceFile(tx, "receipt", of.requestId),
  );
  if (receipt !== null) await zip.add("receipt.json", streamText([receipt]));
  const contents = {
    format: "kytkin-export/1",
    connectionId,
    madeAt: new Date().toISOString(),
    lines: counts,
  };
  await zip.add("contents.json", streamText([`${JSON.stringify(contents, null, 2)}\n`]));
  await zip.close();
  const size = await store.finish();
  await asSystem(context, "finish export", (tx) =>
    touch(tx, run, { ...size, counts, state: "ready", readyAt: new Date() }),
  );
}

const toCell = (value: unknown): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : JSON.stringify(value);

/** What a spreadsheet would run as a formula begins with an apostrophe, also behind a semicolon at which it may split a cell. */
const toCsv = (lines: readonly (readonly string[])[], bom: boolean): string =>
  stringify(
    lines.map((line) => line.map(disarmSplits)),
    { bom, quoted: true, escape_formulas: true, record_delimiter: "windows" },
  );

function streamText(texts: Iterable<string> | AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = Symbol.asyncIterator in texts ? texts[Symbol.asyncIterator]() : texts[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}
