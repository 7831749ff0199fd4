import type { EntityId, RowProblem, VendorRecord } from "@/lib/connectors/entity";
import { canonicalJson } from "@/lib/core/canonical-json";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";

/*
 * What of a row is sealed, and under which name: a ciphertext opens in its own row and column alone. Frozen, since stored
 * rows are opened by these names.
 */
type Part = "key" | "body" | "problems" | "record";
const placeOf = (rowId: string, part: Part): string => `delivery_rows/${rowId}/${part}`;
const setPlace = (setId: string): string => `unchanged_sets/${setId}/keys`;
const recordPlace = (keyHash: string): string => `written_records/${keyHash}/record`;

export const sealKey = (data: ConnectionData, rowId: string, key: string): string =>
  data.seal(placeOf(rowId, "key"), key);
export const openKey = (data: ConnectionData, rowId: string, sealed: string): string =>
  data.open(placeOf(rowId, "key"), sealed).toString("utf8");

/** Keys of rows that are kept in a set. */
export const sealSetKeys = (data: ConnectionData, setId: string, keys: readonly string[]): string =>
  data.seal(setPlace(setId), JSON.stringify(keys));
export const openSetKeys = (data: ConnectionData, setId: string, sealed: string): string[] =>
  JSON.parse(data.open(setPlace(setId), sealed).toString("utf8"));

/** The fields as they came in, before any schema. */
export const sealBody = (data: ConnectionData, rowId: string, fields: unknown): string =>
  data.seal(placeOf(rowId, "body"), JSON.stringify(fields));
export const openBody = (data: ConnectionData, rowId: string, sealed: string): unknown =>
  JSON.parse(data.open(placeOf(rowId, "body"), sealed).toString("utf8"));

export const sealProblems = (data: ConnectionData, rowId: string, problems: readonly RowProblem[]): string =>
  data.seal(placeOf(rowId, "problems"), JSON.stringify(problems));
export const openProblems = (data: ConnectionData, rowId: string, sealed: string): RowProblem[] =>
  JSON.parse(data.open(placeOf(rowId, "problems"), sealed).toString("utf8"));

const toRecord = ({ vendorId, label }: VendorRecord): string => JSON.stringify({ vendorId, label });
/** Of what a connector answered, the record alone. What later comparisons need is kept with what was written, and not with the row. */
export const recordOf = ({ vendorId, label, state }: VendorRecord): VendorRecord => ({
  vendorId,
  label,
  ...(state && { state: { total: state.total, version: state.version } }),
});
export const sealRowRecord = (data: ConnectionData, rowId: string, record: VendorRecord): string =>
  data.seal(placeOf(rowId, "record"), toRecord(record));
export const openRowRecord = (data: ConnectionData, rowId: string, sealed: string): VendorRecord =>
  JSON.parse(data.open(placeOf(rowId, "record"), sealed).toString("utf8"));
export const sealWritten = (data: ConnectionData, keyHash: string, record: VendorRecord): string =>
  data.seal(recordPlace(keyHash), JSON.stringify(recordOf(record)));
export const openWritten = (data: ConnectionData, keyHash: string, sealed: string): VendorRecord =>
  JSON.parse(data.open(recordPlace(keyHash), sealed).toString("utf8"));

/** Frozen: another input makes every key a new one, and every row is written again. */
export const hashKey = (data: ConnectionData, entity: EntityId, key: string): string =>
  data.hash(`key/${entity}/${key}`);
/** Of a row as its schema gives it: the order in which its fields came in makes no difference. */
export const hashContent = (data: ConnectionData, row: Record<string, unknown>): string =>
  data.hash(`row/${canonicalJson(row)}`);
/** Tells the connection's records at the vendor from those of others: twelve letters and digits. */
export const markOf = (data: ConnectionData): string => data.hash("mark").slice(0, 12);
