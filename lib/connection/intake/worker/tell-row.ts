import { stringify } from "csv-stringify/sync";
import type { deliveryRows } from "@/db/schema";
import { openProblems, openRowRecord } from "@/lib/connection/delivery/sealed-row";
import { getConnector } from "@/lib/connectors/registry";
import type { Locale } from "@/lib/core/locales";
import { CSV_LINES } from "@/lib/platform/csv-stream";
import { createWords } from "@/lib/platform/i18n/messages";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";
import { disarmCell } from "../format/formulas";
import type { Told } from "./write-log";

/** The columns of every result. */
export const RESULT_COLUMNS = ["Line", "Key", "Outcome", "Id", "Error", "Fix"];

export type Outcome = { outcome: string; vendorId: string; told: Told | null };

type Reader = { connector: string; locale: Locale; data: ConnectionData | null };

/** One line of a CSV file that goes back. */
export const toLine = (cells: readonly string[], delimiter: string): string =>
  stringify([[...cells]], { delimiter, ...CSV_LINES });

/** A line of a result; what a spreadsheet would compute is disarmed. */
export const toResultLine = (
  record: { line: number; key: string | null },
  { outcome, vendorId, told }: Outcome,
  delimiter: string,
): string =>
  toLine(
    [String(record.line), record.key ?? "", outcome, vendorId, told?.error ?? "", told?.fix ?? ""].map(
      disarmCell,
    ),
    delimiter,
  );

/** What became of a row, with the vendor's id and every field that is wrong; the fix is that of the first one. */
export function tellRow(row: typeof deliveryRows.$inferSelect, { connector, locale, data }: Reader): Outcome {
  return {
    outcome: row.state,
    vendorId: data && row.sealedRecord ? openRowRecord(data, row.id, row.sealedRecord).vendorId : "",
    told:
      row.cause === null
        ? null
        : tellCauses(createWords(locale), getConnector(connector).manifest.name, row, data),
  };
}

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

/** Why a row is as it is, in codes: two rejections for the same reason are told once. */
export function reasonOf({
  cause,
  field,
  vendorCode,
}: Pick<typeof deliveryRows.$inferSelect, "cause" | "field" | "vendorCode">): string {
  return [cause, field, vendorCode].filter((part) => part !== null).join(" ");
}
