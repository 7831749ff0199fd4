import { z } from "zod";
import type { Delimiter, Encoding, FileProblem } from "@/lib/connection/intake/format/schema";
import type { EntityColumn } from "@/lib/connectors/entity-row";

export const IMPORT_STATES = ["waiting", "delivered", "refused"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Why the file as a whole is not imported. */
export type ImportProblem =
  | FileProblem
  | { code: "too_large" | "too_many_records" | "no_records"; detail?: FileProblem["detail"] };

/** `field` is a column of the file. `cause` is a code of `causes`, or one of a row that is no row of a CSV (`import.rows`). */
export type RecordProblem = { field: string | null; cause: string; isOfFile: boolean };

/** A record as the file has it: one row, or several with the lines of one record. */
type ImportRecord = { line: number; key: string | null; problems: RecordProblem[] };

export type ImportPreview = {
  entity: string;
  fileName: string;
  delimiter: Delimiter;
  encoding: Encoding;
  columns: readonly string[];
  records: number;
  good: number;
  bad: number;
  /** The first of the file, bad ones before good ones. */
  shown: ImportRecord[];
  /** Bad rows in the file's own form with what is wrong and how to mend it; null when there are none. */
  rejected: string | null;
  /** Tells the file that was looked at from another one. */
  fingerprint: string;
};

/** What a page offers to import: an entity whose rights this connection's accepted version has. */
export type OfferedEntity = { id: string; columns: EntityColumn[]; keyField: string };

/** What is kept of a file until the worker has made a delivery of it: some records, encrypted to the worker. */
export const sealedRecords = z.object({
  importId: z.uuid(),
  /** JSON of `{ position, fields }[]`. */
  records: z.string(),
});
export const incomingRecords = z.array(z.object({ position: z.number().int(), fields: z.unknown() }));

/** A choice of the customer for an entity, for the form of its settings. */
export type EntitySetting = {
  name: string;
  /** null: nothing was chosen. */
  value: string | null;
  /** What holds without a choice; null when there is none. */
  byDefault: string | null;
  /** null: free text. */
  choices: readonly string[] | null;
  isRequired: boolean;
};
