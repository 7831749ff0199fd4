import { formatCents, multiply, parseDecimal, toCents } from "@/lib/core/decimal";
import type { SalesInvoiceRow } from "./sales-invoice-fields";

/** In cents. */
export type Totals = { net: bigint; vat: bigint; gross: bigint };

/**
 * The totals of an invoice. Where the vendor rounds is not documented: here each line is rounded to cents and then added up,
 * and a difference of a cent a line is no difference.
 */
export function sumUp(row: SalesInvoiceRow, unitPricesIncludeVat: boolean): Totals {
  let net = 0n;
  let vat = 0n;
  for (const line of row.lines) {
    const hundred = parseDecimal("100");
    const rate = parseDecimal(line.vatPercent);
    const share = minus(hundred, parseDecimal(line.discountPercent ?? "0"));
    // A hundred times the price, since the share is in hundredths.
    const price = multiply(multiply(parseDecimal(line.quantity), parseDecimal(line.unitPrice)), share);
    const whole = toCents(price, hundred);
    if (unitPricesIncludeVat) {
      const lineVat = toCents(multiply(price, rate), multiply(hundred, plus(hundred, rate)));
      vat += lineVat;
      net += whole - lineVat;
    } else {
      net += whole;
      vat += toCents(multiply(price, rate), multiply(hundred, hundred));
    }
  }
  return { net, vat, gross: net + vat };
}

type Decimal = ReturnType<typeof parseDecimal>;
const align = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale);
const plus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { units: align(a, scale) + align(b, scale), scale };
};
const minus = (a: Decimal, b: Decimal): Decimal => plus(a, { ...b, units: -b.units });

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Whether two totals are the same but for rounding: a cent for each line. */
export const isWithinRounding = (a: bigint, b: bigint, lines: number): boolean =>
  absolute(a - b) <= BigInt(lines);

/** The sender's own totals where it gave them, else ours. */
export function expectedTotals(row: SalesInvoiceRow, unitPricesIncludeVat: boolean): Totals {
  const ours = sumUp(row, unitPricesIncludeVat);
  const given = (text: string | undefined, own: bigint): bigint =>
    text === undefined ? own : toCents(parseDecimal(text));
  return {
    net: given(row.netTotal, ours.net),
    vat: given(row.vatTotal, ours.vat),
    gross: given(row.grossTotal, ours.gross),
  };
}

/** Each of the answered totals beside the expected one, where they differ by more than rounding; null when none does. */
export function describeDifference(expected: Totals, answered: Totals, lines: number): string | null {
  const kinds = ["net", "vat", "gross"] as const;
  const differing = kinds.filter((kind) => !isWithinRounding(expected[kind], answered[kind], lines));
  if (differing.length === 0) return null;
  return differing
    .map((kind) => `${kind} ${formatCents(answered[kind])} instead of ${formatCents(expected[kind])}`)
    .join(", ");
}
