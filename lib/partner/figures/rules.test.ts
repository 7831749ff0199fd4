import { expect, test } from "vitest";
import { addUp, type DayRow, firstDay, listWeeks, mondayOf, secondsOf } from "./rules";

const row = (some: Partial<DayRow>): DayRow => ({
  accepted: 0,
  started: 0,
  consented: 0,
  picked: 0,
  submitted: 0,
  approved: 0,
  active: 0,
  leavers: {},
  activeSeconds: {},
  decisionSeconds: {},
  ...some,
});
/** As `count-figures.ts` does in SQL. */
const bucketOf = (seconds: number): number =>
  Math.max(0, Math.ceil(Math.log(Math.max(1, seconds)) / Math.log(1.2)));

test("days add up, step by step and reason by reason", () => {
  const figures = addUp([
    row({ accepted: 3, active: 1, leavers: { rejected: 2 } }),
    row({ accepted: 2, active: 1, leavers: { rejected: 1, at_vendor: 1 } }),
  ]);
  expect(figures.counts).toMatchObject({ accepted: 5, started: 0, active: 2 });
  expect(figures.leavers).toEqual({ rejected: 3, at_vendor: 1 });
  expect(addUp([]).toActive).toEqual({ count: 0, median: null, p95: null });
});

test("median and 95th percentile come of all days together, to a tenth", () => {
  const buckets = (times: number[]) => {
    const all: Record<string, number> = {};
    for (const seconds of times) all[bucketOf(seconds)] = (all[bucketOf(seconds)] ?? 0) + 1;
    return all;
  };
  const times = Array.from({ length: 200 }, (_, at) => 30 + at * 40);
  const { toActive } = addUp([
    row({ activeSeconds: buckets(times.slice(0, 50)) }),
    row({ activeSeconds: buckets(times.slice(50)) }),
  ]);
  const near = (found: number | null, exact: number) =>
    expect(Math.abs(Number(found) - exact) / exact).toBeLessThan(0.11);
  expect(toActive.count).toBe(200);
  near(toActive.median, Number(times[99]));
  near(toActive.p95, Number(times[189]));
});

test.each([1, 7, 90, 3600, 86_400, 30 * 86_400])("%i seconds are known to a tenth", (seconds) => {
  expect(Math.abs(secondsOf(bucketOf(seconds)) - seconds) / seconds).toBeLessThan(0.1);
});

test("weeks begin on Mondays and none is left out", () => {
  expect(mondayOf("2026-11-30")).toBe("2026-11-30");
  expect(mondayOf("2026-12-06")).toBe("2026-11-30");
  expect(listWeeks("2026-11-18", "2026-12-01")).toEqual(["2026-11-16", "2026-11-23", "2026-11-30"]);
  expect(firstDay(30, new Date("2026-11-30T23:00:00Z"))).toBe("2026-11-01");
});
