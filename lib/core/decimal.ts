/** An exact decimal: `units` of 10^-scale. Money is never a float. */
export type Decimal = { units: bigint; scale: number };

/** Of a text such as `-12.50`. Throws a RangeError for anything else. */
export function parseDecimal(text: string): Decimal {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError("no decimal");
  const units = BigInt(whole + fraction);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

/** Whole cents, halves away from zero, of `amount` divided by `divisor`. */
export function toCents({ units, scale }: Decimal, divisor: Decimal = { units: 1n, scale: 0 }): bigint {
  const numerator = units * 10n ** BigInt(divisor.scale) * 100n;
  const denominator = divisor.units * 10n ** BigInt(scale);
  const isNegative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = (2n * n + d) / (2n * d);
  return isNegative ? -rounded : rounded;
}

/** `-12.50` of -1250. */
export function formatCents(cents: bigint): string {
  const absolute = cents < 0n ? -cents : cents;
  const text = absolute.toString().padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}
