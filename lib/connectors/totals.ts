import { formatCents, multiply, parseDecimal, toCents } from "@/lib/core/decimal";

/** In cents. */
export type Totals = { net: bigint; vat: bigint; gross: bigint };

/** A line of an invoice or an order: all decimals as text. */
export type PricedLine = {
  quantity: string;
  unitPrice: string;
  discountPercent?: string;
  vatPercent: string;
};

/**
 * The totals of lines. Where a vendor rounds is rarely documented: here each line is rounded to cents and then added up, and a
 * difference of a cent a line is no difference.
 */
export function sumUp(lines: readonly PricedLine[], unitPricesIncludeVat: boolean): Totals {
  let net = 0n;
  let vat = 0n;
  for (const line of lines) {
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
const isWithinRounding = (a: bigint, b: bigint, lines: number): boolean => absolute(a - b) <= BigInt(lines);

/** The sender's own totals, as a row may bring them. */
export type GivenTotals = { netTotal?: string; vatTotal?: string; grossTotal?: string };

const KINDS = { net: "netTotal", vat: "vatTotal", gross: "grossTotal" } as const;
const kinds = ["net", "vat", "gross"] as const;

/** The sender's own totals where it gave them, else ours as far as they are known. */
export function expectedTotals(given: GivenTotals, ours: Partial<Totals>): Partial<Totals> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const text = given[KINDS[kind]];
      const expected = text === undefined ? ours[kind] : toCents(parseDecimal(text));
      return expected === undefined ? [] : [[kind, expected]];
    }),
  );
}

/** The fields of a row whose totals do not add up from its lines. */
export function findWrongTotals(
  given: GivenTotals,
  ours: Partial<Totals>,
  lines: number,
): (keyof GivenTotals)[] {
  return kinds.flatMap((kind) => {
    const text = given[KINDS[kind]];
    const own = ours[kind];
    if (text === undefined || own === undefined) return [];
    return isWithinRounding(toCents(parseDecimal(text)), own, lines) ? [] : [KINDS[kind]];
  });
}

/** Each of the answered totals beside the expected one, where they differ by more than rounding; null when none does. */
export function describeDifference(
  expected: Partial<Totals>,
  answered: Totals,
  lines: number,
): string | null {
  const differing = kinds.flatMap((kind) => {
    const wanted = expected[kind];
    return wanted === undefined || isWithinRounding(wanted, answered[kind], lines)
      ? []
      : [`${kind} ${formatCents(answered[kind])} instead of ${formatCents(wanted)}`];
  });
  return differing.length === 0 ? null : differing.join(", ");
}
