const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** The check digit of a Norwegian organization number; null for a number that has none and is never given out. */
function checkDigit(digits: string): number | null {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const rest = 11 - (sum % 11);
  if (rest === 10) return null;
  return rest === 11 ? 0 : rest;
}

/** The `position`-th well-formed number from 31000000 on, where the authorities put invented companies. */
export function makeOrganizationNumber(position: number): string {
  let left = position;
  for (let number = 31_000_000; ; number += 1) {
    const digits = String(number);
    const check = checkDigit(digits);
    if (check === null) continue;
    if (left === 0) return `${digits}${check}`;
    left -= 1;
  }
}
