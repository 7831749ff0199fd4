import { expect, test } from "vitest";
import { backoffDelayMs, DEFAULT_BACKOFF_MS, parseDueAt, parseRetryAfterMs } from "./time";

const now = new Date("2026-01-01T00:00:00Z");

test.each([
  ["1d2h3m4s", "2026-01-02T02:03:04.000Z"],
  ["2w", "2026-01-15T00:00:00.000Z"],
  ["", "2026-01-01T00:00:00.000Z"],
  ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00.000Z"],
])("the SDK's time %j is read", (text, expected) => {
  expect(parseDueAt(text, now).toISOString()).toBe(expected);
});

test("anything else is no time", () => {
  expect(() => parseDueAt("soon", now)).toThrow('not a duration or a date: "soon"');
});

test("Retry-After is seconds or a date, between a second and a day", () => {
  expect(parseRetryAfterMs("90", now)).toBe(90_000);
  expect(parseRetryAfterMs("2026-01-01T00:01:00Z", now)).toBe(60_000);
  expect(parseRetryAfterMs("0", now)).toBe(1000);
  expect(parseRetryAfterMs("999999", now)).toBe(86_400_000);
  expect(parseRetryAfterMs(null, now)).toBeUndefined();
  expect(parseRetryAfterMs("later", now)).toBeUndefined();
});

test("delays grow along the table, stay at its end, and jitter adds at most half a minute", () => {
  const delays = (random: number) =>
    [0, 1, 9, 30].map((attempt) => backoffDelayMs(DEFAULT_BACKOFF_MS, attempt, () => random));
  expect(delays(0)).toEqual([15_000, 30_000, 7_200_000, 7_200_000]);
  expect(delays(1)).toEqual([30_000, 60_000, 7_230_000, 7_230_000]);
});
