import { z } from "zod";
import type { RejectionCause } from "./causes";

/*
 * The kinds of fields of an entity's rows and settings, all of them text. Each refusal carries the cause that
 * `entity-row.ts` reads out of zod's issue.
 */

/** What a field takes, said by the constructor that checks it: the field reference is made from it. */
export type FieldKind =
  | { type: "text" | "digits"; max: number }
  /** `comma`: a decimal comma is taken as well. */
  | { type: "decimal"; scale: number; comma: boolean }
  | { type: "integer"; from: number; to: number }
  /** `formatted`: in the form that the settings name, or as ISO 8601 has it. */
  | { type: "day"; formatted: boolean }
  | { type: "choice"; values: readonly string[] }
  | { type: "currency" | "country" | "email" };

const kinds = z.registry<FieldKind>();

/** A field with what it takes, for the field reference. */
export function ofKind<T extends z.ZodType>(kind: FieldKind, field: T): T {
  kinds.add(field, kind);
  return field;
}

/** What a field of a row takes, whether or not it may be left out; null when its constructor does not say. */
export function findKind(field: unknown): FieldKind | null {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return findKind(field.unwrap());
  if (!(field instanceof z.ZodType)) return null;
  // Spelling is made alike after the check: what goes in is what files hold.
  return kinds.get(field) ?? (field instanceof z.ZodPipe ? findKind(field.in) : null);
}

const because = (cause: RejectionCause) => ({ params: { cause } });

/** One or more lines of text, trimmed; without control characters other than line breaks. */
export const textField = (max: number) =>
  ofKind(
    { type: "text", max },
    z
      .string()
      .trim()
      .min(1)
      .max(max)
      .refine((text) => !/[^\P{Cc}\n\t]/u.test(text), because("character_not_allowed")),
  );

/**
 * A decimal as text, e.g. `1049.90` or `-3`: a point, no thousands separators, at most `scale` decimals and 13 digits before
 * them. A JSON number is refused.
 */
export const decimalField = (scale: number) =>
  ofKind(
    { type: "decimal", scale, comma: false },
    z
      .string()
      .trim()
      .refine(
        (text) => new RegExp(`^-?\\d{1,13}(\\.\\d{1,${scale}})?$`).test(text),
        because("field_invalid"),
      ),
  );

/** A day as `2026-11-30`, and one that the calendar has. */
export const dateField = () =>
  ofKind({ type: "day", formatted: false }, z.string().trim().refine(isDay, because("field_invalid")));

/** One of the vendor's own words, in any capitals. */
export const choiceField = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  ofKind(
    { type: "choice", values },
    z
      .string()
      .trim()
      .transform((text) => text.toUpperCase())
      .pipe(z.enum(values)),
  );

export const yesOrNoField = () => choiceField(["YES", "NO"]);

/** A currency's code by ISO 4217, in any capitals. */
export const currencyField = () =>
  ofKind(
    { type: "currency" },
    textField(3)
      .transform((text) => text.toUpperCase())
      .refine((text) => /^[A-Z]{3}$/.test(text), because("field_invalid")),
  );

/** A country's code by ISO 3166-1 alpha-2, in any capitals. */
export const countryField = () =>
  ofKind(
    { type: "country" },
    textField(2)
      .transform((text) => text.toUpperCase())
      .refine((text) => /^[A-Z]{2}$/.test(text), because("field_invalid")),
  );

/** A whole number without a sign, of at most so many digits. */
export const digitsField = (max: number) =>
  ofKind(
    { type: "digits", max },
    textField(max).refine((text) => /^\d+$/.test(text), because("field_invalid")),
  );

/** One address of e-mail, as far as its form tells. */
export const emailField = () =>
  ofKind(
    { type: "email" },
    textField(254).refine((text) => /^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/.test(text), because("field_invalid")),
  );

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
