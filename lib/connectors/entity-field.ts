import { z } from "zod";
import type { RejectionCause } from "./causes";

/*
 * The kinds of fields of an entity's rows and settings, all of them text. Each refusal carries the cause that
 * `entity-row.ts` reads out of zod's issue.
 */

const because = (cause: RejectionCause) => ({ params: { cause } });

/** One or more lines of text, trimmed; without control characters other than line breaks. */
export const textField = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/[^\P{Cc}\n\t]/u.test(text), because("character_not_allowed"));

/**
 * A decimal as text, e.g. `1049.90` or `-3`: a point, no thousands separators, at most `scale` decimals and 13 digits before
 * them. A JSON number is refused.
 */
export const decimalField = (scale: number) =>
  z
    .string()
    .trim()
    .refine((text) => new RegExp(`^-?\\d{1,13}(\\.\\d{1,${scale}})?$`).test(text), because("field_invalid"));

/** A day as `2026-11-30`, and one that the calendar has. */
export const dateField = () => z.string().trim().refine(isDay, because("field_invalid"));

/** One of the vendor's own words, in any capitals. */
export const choiceField = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .trim()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(values));

export const yesOrNoField = () => choiceField(["YES", "NO"]);

/** A currency's code by ISO 4217, in any capitals. */
export const currencyField = () =>
  textField(3)
    .transform((text) => text.toUpperCase())
    .refine((text) => /^[A-Z]{3}$/.test(text), because("field_invalid"));

/** A country's code by ISO 3166-1 alpha-2, in any capitals. */
export const countryField = () =>
  textField(2)
    .transform((text) => text.toUpperCase())
    .refine((text) => /^[A-Z]{2}$/.test(text), because("field_invalid"));

/** A whole number without a sign, of at most so many digits. */
export const digitsField = (max: number) =>
  textField(max).refine((text) => /^\d+$/.test(text), because("field_invalid"));

/** One address of e-mail, as far as its form tells. */
export const emailField = () =>
  textField(254).refine((text) => /^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/.test(text), because("field_invalid"));

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
