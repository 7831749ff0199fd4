import { stringify } from "csv-stringify/sync";
import { and, between, eq, sql } from "drizzle-orm";
import { deliveries, deliveryRows, uploadChunks, uploads } from "@/db/schema";
import { pickCovered } from "@/lib/connection/delivery/covers-rights";
import { openProblems, openRowRecord } from "@/lib/connection/delivery/sealed-row";
import { getConnector } from "@/lib/connectors/registry";
import { createWords } from "@/lib/platform/i18n/messages";
import { type ConnectionData, findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { disarmCell } from "../format/formulas";
import type { CsvHeader } from "../format/schema";
import { RecordMaker, type RecordOfFile } from "./group-rows";
import { openUploadedFile, type ReadableUpload } from "./read-upload";
import { storeFile } from "./store-file";
import { loadUploadTarget, type UploadTarget } from "./take-upload";
import { type Told, tellRowProblem, toBytes, writeLog } from "./write-log";

const RESULT_COLUMNS = ["Line", "Key", "Outcome", "Id", "Error", "Fix"];

type Outcome = { outcome: string; vendorId: string; told: Told | null };
type Written = { result: string[]; rejected: string[]; outcomes: Map<string, number> };

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
      .set({ state: "done", endedAt: sql`now()` })
      .where(and(eq(uploads.id, uploadId), eq(uploads.state, "delivered")))
      .returning({ id: uploads.id });
    if (!ended) return;
    await tx.delete(uploadChunks).where(eq(uploadChunks.uploadId, uploadId));
    if (!written) return;
    const keep = (suffix: string, lines: readonly string[]) =>
      storeFile(tx, context.keys, upload, {
        folder: "Result",
        stem: `${upload.name.replace(/\.[^.]*$/, "")}.${suffix}`,
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

/** Reads the file a second time, and puts the outcome beside each of its records. */
async function writeOutcomes(
  context: WorkerContext,
  target: UploadTarget,
  { csv, layout }: ReadableUpload,
): Promise<Written> {
  const { header } = csv;
  const line = (cells: readonly string[]): string =>
    stringify([[...cells]], { delimiter: header.delimiter, record_delimiter: "\r\n" });
  const own = header.names.slice(0, header.names.length - header.returnedColumns);
  const written: Written = {
    result: [line(RESULT_COLUMNS)],
    rejected: [line([...own, "Error", "Fix"])],
    outcomes: new Map(),
  };
  const maker = new RecordMaker(layout);
  const write = async (records: readonly RecordOfFile[]) => {
    const outcomes = await loadOutcomes(context, target, records);
    for (const record of records) {
      const { outcome, vendorId, told } = outcomeOf(target, record, outcomes);
      written.outcomes.set(outcome, (written.outcomes.get(outcome) ?? 0) + 1);
      const cells = [
        String(record.line),
        record.key ?? "",
        outcome,
        vendorId,
        told?.error ?? "",
        told?.fix ?? "",
      ];
      written.result.push(line(cells.map(disarmCell)));
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
  outcomes: ReadonlyMap<number, Outcome>,
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
): Promise<Map<number, Outcome>> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || !upload.deliveryId) return new Map();
  const isAmongThem = and(
    eq(deliveryRows.deliveryId, upload.deliveryId),
    between(deliveryRows.position, first.position, last.position),
  );
  return asSystem(context, "read outcomes", async (tx) => {
    const data = await findConnectionData(tx, context.keys, upload.connectionId);
    const rows = await tx.select().from(deliveryRows).where(isAmongThem);
    const { name } = getConnector(connector).manifest;
    return new Map(
      rows.map((row) => [
        row.position,
        {
          outcome: row.state,
          vendorId: data && row.sealedRecord ? openRowRecord(data, row.id, row.sealedRecord).vendorId : "",
          told: row.cause === null ? null : tellCauses(createWords(locale), name, row, data),
        },
      ]),
    );
  });
}

/** Every field that is wrong, with the words of its cause; the fix is that of the first one. */
function tellCauses(
  words: ReturnType<typeof createWords>,
  connector: string,
  row: typeof deliveryRows.$inferSelect,
  data: ConnectionData | null,
): Told {
  const opened = data && row.sealedProblems ? openProblems(data, row.id, row.sealedProblems) : [];
  const problems = opened.length > 0 ? opened : [{ field: row.field, cause: row.cause ?? "" }];
  const error = problems
    .map(({ field, cause }) => {
      const title = words(`causes.${cause}.title`, { connector });
      return field === null ? title : `${field}: ${title}`;
    })
    .join("; ");
  return { error, fix: words(`causes.${problems[0]?.cause}.fix`, { connector }) };
}
