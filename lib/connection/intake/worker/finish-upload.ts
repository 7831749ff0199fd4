import { and, between, eq, sql } from "drizzle-orm";
import { insertInChunks } from "@/db/insert-in-chunks";
import { deliveries, deliveryRows, uploadChunks, uploadOpenRows, uploads } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { pickCovered } from "@/lib/connection/delivery/covers-rights";
import type { RowState } from "@/lib/connection/delivery/schema";
import { listSetRows } from "@/lib/connection/delivery/unchanged-sets";
import { getConnector } from "@/lib/connectors/registry";
import { createWords } from "@/lib/platform/i18n/messages";
import { findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { disarmCell } from "../format/formulas";
import type { CsvHeader } from "../format/schema";
import { RecordMaker, type RecordOfFile } from "./group-rows";
import { openUploadedFile, type ReadableUpload, type Upload } from "./read-upload";
import { freeResultStem, storeFile } from "./store-file";
import { loadUploadTarget, type UploadTarget } from "./take-upload";
import { type Outcome, RESULT_COLUMNS, reasonOf, tellRow, toLine, toResultLine } from "./tell-row";
import { type Told, tellRowProblem, toBytes, writeLog } from "./write-log";

type OpenRow = Pick<typeof uploadOpenRows.$inferInsert, "rowId" | "line" | "told" | "toldBecause">;
type Written = { result: string[]; rejected: string[]; outcomes: Map<string, number>; open: OpenRow[] };
/** What became of a record, with the row of the delivery that it is. */
type OfRow = Outcome & { row?: { id: string; state: RowState; reason: string } };

/** Outcomes that may still change: a cause that ends, a look-up, or a person who mends the row. */
const OPEN_STATES: readonly RowState[] = ["waiting", "unknown", "incomplete", "rejected"];

/**
 * Writes log and result of a file of whose rows none is queued or at the vendor any more, and destroys its content. Rows may wait
 * or be unknown: the result says so. False while there is something to wait for.
 */
export async function finishUpload(context: WorkerContext, uploadId: string): Promise<boolean> {
  const target = await asSystem(context, "finish upload", async (tx) => {
    const [row] = await tx
      .select({ state: uploads.state, delivery: deliveries.state })
      .from(uploads)
      .leftJoin(deliveries, eq(deliveries.id, uploads.deliveryId))
      .where(eq(uploads.id, uploadId));
    if (row?.state === "taken") return "under way";
    if (row?.state !== "delivered") return "over";
    return row.delivery === "settled" ? loadUploadTarget(tx, uploadId) : "under way";
  });
  if (typeof target === "string") return target === "over";
  const entities = pickCovered(getConnector(target.connector), target.asked);
  const opened = await openUploadedFile(context, target.upload, { ...target, entities });
  // It was read once: only an entity that a later version of the connector no longer has comes to this.
  const written = "problems" in opened ? null : await writeOutcomes(context, target, opened);
  await asSystem(context, "keep result", async (tx) => {
    const { upload, locale } = target;
    const [ended] = await tx
      .update(uploads)
      .set({
        state: "done",
        endedAt: sql`now()`,
        ...(written && (await planResults(tx, target.upload, written))),
      })
      .where(and(eq(uploads.id, uploadId), eq(uploads.state, "delivered")))
      .returning({ id: uploads.id, resultStem: uploads.resultStem });
    if (!ended) return;
    await tx.delete(uploadChunks).where(eq(uploadChunks.uploadId, uploadId));
    if (!written) return;
    const { connectionId, partnerId, accountId } = upload;
    await insertInChunks(written.open, (rows) =>
      tx
        .insert(uploadOpenRows)
        .values(rows.map((row) => ({ uploadId, connectionId, partnerId, accountId, ...row }))),
    );
    const keep = (suffix: string, lines: readonly string[]) =>
      storeFile(tx, context.keys, upload, {
        folder: "Result",
        stem: `${ended.resultStem}.${suffix}`,
        ending: ".csv",
        content: toBytes(lines.join("")),
      });
    const result = await keep("result", written.result);
    const rejectedFile = written.rejected.length > 1 ? await keep("rejected", written.rejected) : null;
    const content = writeLog(locale, {
      name: upload.name,
      rows: upload.rowCount ?? 0,
      rejected: upload.rejectedCount ?? 0,
      outcomes: written.outcomes,
      result,
      rejectedFile,
    });
    await storeFile(tx, context.keys, upload, { folder: "Log", stem: upload.name, ending: ".log", content });
  });
  return true;
}

/** The first result of a file, and when it is looked whether there is a second one to write. */
async function planResults(tx: SystemTransaction, upload: Upload, { open }: Written) {
  const resultStem = await freeResultStem(tx, upload.connectionId, upload.name.replace(/\.[^.]*$/, ""));
  return { resultStem, resultCount: 1, lookAt: open.length > 0 ? sql`now()` : null };
}

/** Reads the file a second time, and puts the outcome beside each of its records. */
async function writeOutcomes(
  context: WorkerContext,
  target: UploadTarget,
  { csv, layout }: ReadableUpload,
): Promise<Written> {
  const { header } = csv;
  const line = (cells: readonly string[]): string => toLine(cells, header.delimiter);
  const own = header.names.slice(0, header.names.length - header.returnedColumns);
  const written: Written = {
    result: [line(RESULT_COLUMNS)],
    rejected: [line([...own, "Error", "Fix"])],
    outcomes: new Map(),
    open: [],
  };
  const maker = new RecordMaker(layout);
  const write = async (records: readonly RecordOfFile[]) => {
    const outcomes = await loadOutcomes(context, target, records);
    for (const record of records) {
      const row = record.content.problem ? undefined : outcomes.get(record.position)?.row;
      const said = outcomeOf(target, record, outcomes);
      const { outcome, told } = said;
      written.outcomes.set(outcome, (written.outcomes.get(outcome) ?? 0) + 1);
      written.result.push(toResultLine(record, said, header.delimiter));
      if (row && OPEN_STATES.includes(row.state))
        written.open.push({ rowId: row.id, line: record.line, told: row.state, toldBecause: row.reason });
      if (outcome === "rejected" && told)
        written.rejected.push(...tellRows(target, header, record, told).map(line));
    }
  };
  for await (const rows of csv.rows()) await write(maker.push(rows));
  await write(maker.end());
  return written;
}

/** The sender's own rows with what is wrong behind them. One whose structure is broken stands whole in the first column. */
function tellRows(
  { locale }: UploadTarget,
  header: CsvHeader,
  { lines }: RecordOfFile,
  { error, fix }: Told,
): string[][] {
  const width = header.names.length - header.returnedColumns;
  return lines.map(({ cells, text }) => {
    if (cells.length === width) return [...cells.map(disarmCell), error, fix];
    const empty = Array<string>(width - 1).fill("");
    const whole = createWords(locale)("intakeFile.log.wholeRow");
    return [disarmCell(text), ...empty, error, `${fix} ${whole}`];
  });
}

function outcomeOf(
  { locale }: UploadTarget,
  { position, content }: RecordOfFile,
  outcomes: ReadonlyMap<number, OfRow>,
): Outcome {
  if (content.problem)
    return { outcome: "rejected", vendorId: "", told: tellRowProblem(locale, content.problem) };
  return outcomes.get(position) ?? { outcome: "unknown", vendorId: "", told: null };
}

/** What became of these records, by their positions. */
async function loadOutcomes(
  context: WorkerContext,
  { upload, connector, locale }: UploadTarget,
  records: readonly RecordOfFile[],
): Promise<Map<number, OfRow>> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || !upload.deliveryId) return new Map();
  const ofDelivery = { connectionId: upload.connectionId, deliveryId: upload.deliveryId };
  const isAmongThem = and(
    eq(deliveryRows.connectionId, upload.connectionId),
    eq(deliveryRows.deliveryId, upload.deliveryId),
    between(deliveryRows.position, first.position, last.position),
  );
  return asSystem(context, "read outcomes", async (tx) => {
    const data = await findConnectionData(tx, context.keys, upload.connectionId);
    const rows = await tx.select().from(deliveryRows).where(isAmongThem);
    const inSets = await listSetRows(tx, null, ofDelivery, { from: first.position, to: last.position });
    return new Map<number, OfRow>([
      ...inSets.map(({ position, outcome }) => [position, { outcome, vendorId: "", told: null }] as const),
      ...rows.map((row): [number, OfRow] => [
        row.position,
        {
          ...tellRow(row, { connector, locale, data }),
          row: { id: row.id, state: row.state, reason: reasonOf(row) },
        },
      ]),
    ]);
  });
}
