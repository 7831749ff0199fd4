const WEIGHTS = [7, 9, 10, 5, 8, 4, 2];

/** The check digit of a Finnish business id; null for a number that has none and is never given out. */
function checkDigit(digits: string): number | null {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const rest = sum % 11;
  if (rest === 1) return null;
  return rest === 0 ? 0 : 11 - rest;
}

/** The `position`-th well-formed business id from 9000000 on, a range that no company has. */
export function makeBusinessId(position: number): string {
  let left = position;
  for (let number = 9_000_000; ; number += 1) {
    const digits = String(number);
    const check = checkDigit(digits);
    if (check === null) continue;
    if (left === 0) return `${digits}-${check}`;
    left -= 1;
  }
}
