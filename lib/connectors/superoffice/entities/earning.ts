import { type Decimal, multiply, parseDecimal } from "@/lib/core/decimal";
import type { Row } from "./values";

/** Which column decides about a sale's earning; `ANY`: whichever the row has, and several have to agree. */
export const EARNING_MODES = ["ANY", "EARNING_PERCENT", "EARNING", "COST"] as const;
export type EarningMode = (typeof EARNING_MODES)[number];

/** Decimals of a percentage that is worked out. */
const SCALE = 4;
const HUNDRED: Decimal = { units: 100n, scale: 0 };

/**
 * EarningPercent of each column that counts: as it is given, 100 × Earning ÷ Amount, or 100 × (1 − Cost ÷ Amount), rounded to
 * four decimals. null: the amount is missing or zero, so that there is no percentage.
 */
export function listPercents(row: Row, mode: EarningMode): { field: string; percent: string | null }[] {
  const counts = (one: EarningMode): boolean => mode === "ANY" || mode === one;
  const amount = row.Amount === undefined ? null : parseDecimal(row.Amount);
  const { EarningPercent, Earning, Cost } = row;
  return [
    ...(EarningPercent !== undefined && counts("EARNING_PERCENT")
      ? [{ field: "EarningPercent", percent: EarningPercent }]
      : []),
    ...(Earning !== undefined && counts("EARNING")
      ? [{ field: "Earning", percent: divide(parseDecimal(Earning), amount) }]
      : []),
    ...(Cost !== undefined && counts("COST")
      ? [{ field: "Cost", percent: amount && divide(subtract(amount, parseDecimal(Cost)), amount) }]
      : []),
  ];
}

/** The earning in money that the vendor works out of a percentage, to the cent. */
export function earningOf(amount: string, percent: string): string {
  return divideText(multiply(parseDecimal(amount), parseDecimal(percent)), HUNDRED, 2);
}

/** Percentages that tell the same, given what rounding took of them. */
export function isSamePercent(one: string, other: string): boolean {
  return Math.abs(Number(one) - Number(other)) <= 0.01;
}

function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const raise = ({ units, scale: own }: Decimal): bigint => units * 10n ** BigInt(scale - own);
  return { units: raise(a) - raise(b), scale };
}

function divide(part: Decimal, whole: Decimal | null): string | null {
  return whole === null || whole.units === 0n ? null : divideText(multiply(part, HUNDRED), whole, SCALE);
}

/** Halves away from zero; without trailing zeros. */
function divideText(a: Decimal, b: Decimal, scale: number): string {
  const numerator = a.units * 10n ** BigInt(b.scale + scale);
  const denominator = b.units * 10n ** BigInt(a.scale);
  const isNegative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = ((2n * n + d) / (2n * d)).toString().padStart(scale + 1, "0");
  const text = `${rounded.slice(0, -scale)}.${rounded.slice(-scale)}`.replace(/\.?0+$/, "");
  return `${isNegative && text !== "0" ? "-" : ""}${text}`;
}
