import fc from "fast-check";

const REQUESTS = 3;
export const COMPANIES = 6;
export const CAP = 3;

/** One of several things that happen to a request at the same time. `approved`: companies by the bits of a number. */
export type Move =
  | { do: "submit"; request: number; member: 0 | 1 }
  | { do: "decide"; request: number; approved: number }
  | { do: "cancel"; request: number; member: 0 | 1 }
  | { do: "time out" | "work"; request: number };

/** The companies of each request by the bits of a number, and what happens to them, turn after turn; the moves of a turn are made at once. */
export type Race = { picks: number[]; turns: Move[][] };

const request = fc.nat({ max: REQUESTS - 1 });
const member = fc.constantFrom(0 as const, 1 as const);
const of = <const K extends string>(kind: K) => fc.constant(kind);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: of("submit"), request, member }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: of("decide"), request, approved: fc.nat({ max: 2 ** COMPANIES - 1 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: of("cancel"), request, member }) },
  { weight: 2, arbitrary: fc.record({ do: of("time out"), request }) },
  { weight: 4, arbitrary: fc.record({ do: of("work"), request }) },
);

const picked = fc
  .uniqueArray(fc.nat({ max: COMPANIES - 1 }), { minLength: 1, maxLength: CAP })
  .map((companies) => companies.reduce((bits, company) => bits | (1 << company), 0));

/** Requests are submitted by both members at once; then anything. */
export const races: fc.Arbitrary<Race> = fc
  .record({
    picks: fc.array(picked, { minLength: REQUESTS, maxLength: REQUESTS }),
    first: fc.array(fc.record({ do: of("submit"), request, member }), { minLength: 3, maxLength: 7 }),
    turns: fc.array(fc.array(move, { minLength: 2, maxLength: 7 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ picks, first, turns }) => ({ picks, turns: [first, ...turns] }));
