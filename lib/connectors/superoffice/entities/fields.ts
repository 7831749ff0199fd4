import { z } from "zod";
import { choiceField, decimalField, ofKind, textField } from "@/lib/connectors/entity-field";
import { DEFAULT_PREFIX } from "../key-place";

/*
 * Kinds of fields of SuperOffice's entities as files have them: decimals with a comma or a point, check boxes as TRUE and
 * FALSE, days as the connection's settings say. All values stay text.
 */

/** What a user-defined field of the vendor that is indexed can hold. */
const KEY_LENGTH = 39;
/** Of a short text that is not indexed. */
const USER_TEXT_LENGTH = 199;

export const userKey = () => textField(KEY_LENGTH);

/** `83,5` and `83.5` are the same; kept with a point. */
export const numberField = (scale: number) =>
  ofKind(
    { type: "decimal", scale, comma: true },
    z
      .string()
      .trim()
      .transform((text) => text.replace(",", "."))
      .pipe(decimalField(scale)),
  );

/** A whole number of these, both included. */
export const integerField = (from: number, to: number) =>
  ofKind(
    { type: "integer", from, to },
    z
      .string()
      .trim()
      .refine((text) => /^-?\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to),
  );

export const flagField = () => choiceField(["TRUE", "FALSE"]);

/** A day in the connection's format or in ISO's: which one it is, `check` says, since the schema knows no settings. */
export const dayField = () =>
  ofKind(
    { type: "day", formatted: true },
    textField(30).refine(() => true),
  );

const DATE_FORMATS = [
  "YYYY-MM-DD",
  "DD.MM.YYYY",
  "DD-MM-YYYY",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "YYYYMMDD",
] as const;
export const dateFormat = choiceField(DATE_FORMATS).default("YYYY-MM-DD");
export type DateFormat = (typeof DATE_FORMATS)[number];

/** `2026-11-30` of a day in this format or as ISO 8601 has it, with a time or without; null when it is neither or no day. */
export function readDay(text: string, format: DateFormat): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(text)?.[1];
  const day = iso ?? readFormatted(text, format);
  if (day === null) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}

function readFormatted(text: string, format: DateFormat): string | null {
  // A day or month of one digit is written as often as one of two.
  const source = format
    .replace(/[.]/g, "\\.")
    .replace("YYYY", "(?<year>\\d{4})")
    .replace("MM", format === "YYYYMMDD" ? "(?<month>\\d{2})" : "(?<month>\\d{1,2})")
    .replace("DD", format === "YYYYMMDD" ? "(?<day>\\d{2})" : "(?<day>\\d{1,2})");
  const { year, month = "", day = "" } = new RegExp(`^${source}$`).exec(text)?.groups ?? {};
  return year === undefined ? null : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const KINDS = {
  Text: { count: 20, field: () => textField(USER_TEXT_LENGTH).optional() },
  Num: { count: 10, field: () => integerField(-999_999_999, 999_999_999).optional() },
  Dec: { count: 10, field: () => numberField(4).optional() },
  Check: { count: 10, field: () => flagField().optional() },
} as const;
type Kind = keyof typeof KINDS;

type Entity = "Comp" | "Pers" | "Sale";
const placeOf = (index: number): string => String(index + 1).padStart(2, "0");

/** `CompUserText01` to `CompUserCheck10`: fields of the more page, which a tenant has or has not. */
export function makeUserFields(entity: Entity): Record<string, z.ZodOptional<z.ZodType<string, string>>> {
  return Object.fromEntries(
    Object.entries(KINDS).flatMap(([kind, { count, field }]) =>
      Array.from({ length: count }, (_, index) => [`${entity}User${kind}${placeOf(index)}`, field()]),
    ),
  );
}

const USER_FIELD = /^(?:Comp|Pers|Sale)User(Text|Num|Dec|Check)\d{2}$/;

/** The programmatic id of a more-page field, with the prefix that a preparation begins with. */
export const nameUserField = (name: string): string | null =>
  USER_FIELD.test(name) ? `${DEFAULT_PREFIX}${name}` : null;

/** How the vendor wants the value of a more-page field: text as it is, anything else with its type (`[I:42]`). null: no such field. */
export function encodeUserField(name: string, value: string): string | null {
  const kind = USER_FIELD.exec(name)?.[1] as Kind | undefined;
  switch (kind) {
    case "Text":
      return value;
    case "Num":
      return `[I:${Number(value)}]`;
    case "Dec":
      return `[F:${Number(value)}]`;
    case "Check":
      return `[I:${value === "TRUE" ? 1 : 0}]`;
    case undefined:
      return null;
  }
}
