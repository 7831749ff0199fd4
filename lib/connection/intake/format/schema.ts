/** Why a file is not read at all. `detail` fills the words of the catalogue. */
export const FILE_PROBLEMS = [
  "empty",
  "not_csv",
  "encoding_unsupported",
  "header_broken",
  "header_missing",
  "integration_id_missing",
  "integration_id_check_missing",
  "delimiter_unknown",
  "column_without_name",
  "column_twice",
  "column_unknown",
] as const;
export type FileProblem = {
  code: (typeof FILE_PROBLEMS)[number];
  detail?: Readonly<Record<string, string | number>>;
};

/** Why one row of a readable file is rejected before the schema of its entity sees it. */
export const ROW_PROBLEMS = [
  "open_quote",
  "text_after_quote",
  "row_too_long",
  "character_unreadable",
  "character_forbidden",
  "too_few_fields",
  "too_many_fields",
  "integration_id_foreign",
  "integration_id_check_foreign",
  "number_destroyed",
  "spreadsheet_error",
  "beside_broken_row",
] as const;
export type RowProblem = {
  code: (typeof ROW_PROBLEMS)[number];
  /** Name of the column, where the problem has one. */
  field?: string;
  detail?: Readonly<Record<string, string | number>>;
};

const ENCODINGS = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [";", ",", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** One row of a CSV as it stands in the file. */
export type CsvRow = {
  /** Counts data rows from 1, as people and the API do; rejected ones count, empty lines do not. */
  position: number;
  /** Line of the file, from 1, in which the row begins. */
  line: number;
  /** Empty when the row's structure is broken. */
  cells: readonly string[];
  /** The row's own text without its line break; cut where the row is longer than is read. */
  text: string;
  problem: RowProblem | null;
};

export type CsvHeader = {
  names: readonly string[];
  delimiter: Delimiter;
  line: number;
  /** The file carries `IntegrationID` first and `IntegrationIDCheck` last in each row. */
  hasEnvelope: boolean;
  /** Columns of ours at the end (`Error`, `Fix`) of a file of rejected rows that comes back. */
  returnedColumns: number;
};
