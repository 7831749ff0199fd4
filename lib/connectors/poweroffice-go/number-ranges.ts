export type NumberRange = { from: number; to: number };

/** The parts of a range, both ends included, that none of the others covers. */
export function subtractRanges(wanted: NumberRange, others: readonly NumberRange[]): NumberRange[] {
  return others.reduce<NumberRange[]>(
    (left, other) =>
      left.flatMap(({ from, to }) => {
        if (other.to < from || other.from > to) return [{ from, to }];
        const before = other.from > from ? [{ from, to: other.from - 1 }] : [];
        const after = other.to < to ? [{ from: other.to + 1, to }] : [];
        return [...before, ...after];
      }),
    [wanted],
  );
}

/** As people write it; a range of one number is that number. */
export function formatRange({ from, to }: NumberRange): string {
  return from === to ? String(from) : `${from}–${to}`;
}
