import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { isRecord } from "@/lib/connectors/read-each";
import { vendorId } from "@/lib/connectors/vendor-text";
import { callAsClient, type PatchOperation } from "../call-vendor";

const lowerNames = (value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]))
    : value;

/**
 * A record of the vendor with all of its fields. The document writes names in Pascal case and public clients saw others, so
 * they are in lower case here.
 */
export const storedRecord = z.preprocess(lowerNames, z.looseObject({ id: vendorId }));
export type StoredRecord = z.infer<typeof storedRecord>;

/** null when there is none of this id. */
export async function findRecord(
  context: ConnectorContext,
  key: HeldKey,
  operation: string,
  path: string,
): Promise<StoredRecord | null> {
  try {
    const answer = await callAsClient(context, key, { operation, method: "GET", path });
    return parseAnswer(context, operation, storedRecord, answer);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

/** Text as it stands there; null for none. */
export function textOf(record: Record<string, unknown>, name: string): string | null {
  const value = record[name.toLowerCase()];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Text of a record within a record, e.g. of an address. */
export function innerTextOf(record: Record<string, unknown>, name: string, innerName: string): string | null {
  const inner = lowerNames(record[name.toLowerCase()]);
  return isRecord(inner) ? textOf(inner, innerName) : null;
}

/**
 * What has to change for the record to be as wanted: one operation for each field that differs. Names of `wanted` are in
 * Pascal case; an object, e.g. an address, is replaced with what it has besides kept.
 */
export function makePatch(there: Record<string, unknown>, wanted: Record<string, unknown>): PatchOperation[] {
  return Object.entries(wanted).flatMap(([name, value]): PatchOperation[] => {
    const held = there[name.toLowerCase()];
    if (isSame(held, value)) return [];
    return [{ op: "replace", path: `/${name}`, value: isRecord(value) ? merge(held, value) : value }];
  });
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

function isSame(held: unknown, wanted: unknown): boolean {
  if (isRecord(wanted)) {
    const inner = lowerNames(held);
    return (
      isRecord(inner) &&
      Object.entries(wanted).every(([name, value]) => isSame(inner[name.toLowerCase()], value))
    );
  }
  if (isNothing(held) || isNothing(wanted)) return isNothing(held) && isNothing(wanted);
  // Dates may come with a time, ids as text.
  if (typeof wanted === "string" && /^\d{4}-\d{2}-\d{2}$/.test(wanted))
    return String(held).startsWith(wanted);
  return typeof wanted === "number" ? Number(held) === wanted : held === wanted;
}

/** Fields that the vendor alone sets. */
const READ_ONLY = ["id", "lastchangeddatetimeoffset"];

function merge(held: unknown, wanted: Record<string, unknown>): Record<string, unknown> {
  const ours = Object.keys(wanted).map((name) => name.toLowerCase());
  const kept = Object.entries(isRecord(held) ? held : {}).filter(
    ([name]) => ![...ours, ...READ_ONLY].includes(name.toLowerCase()),
  );
  return { ...Object.fromEntries(kept), ...wanted };
}
