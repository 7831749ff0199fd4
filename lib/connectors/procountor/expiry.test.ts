import { expect, test } from "vitest";
import { parseExpiry } from "./expiry";

test.each([
  ["2026-11-21T15:20:00Z", "2026-11-21T15:20:00.000Z"],
  ["2026-11-21T15:20:00.123Z", "2026-11-21T15:20:00.123Z"],
  ["2026-11-21T15:20:00+02:00", "2026-11-21T13:20:00.000Z"],
  ["2026-11-21T15:20:00+0200", "2026-11-21T13:20:00.000Z"],
  ["2026-11-21T15:20:00+02:00[Europe/Helsinki]", "2026-11-21T13:20:00.000Z"],
])("%s carries its zone", (text, expected) => {
  expect(parseExpiry(text)?.toISOString()).toBe(expected);
});

test.each([
  ["2026-11-21T15:20:00", "2026-11-21T13:20:00.000Z"],
  ["2026-07-01 15:20:00", "2026-07-01T12:20:00.000Z"],
  ["2026-07-01T15:20", "2026-07-01T12:20:00.000Z"],
  ["2026-11-21", "2026-11-21T21:59:59.000Z"],
])("%s is read in Helsinki", (text, expected) => {
  expect(parseExpiry(text)?.toISOString()).toBe(expected);
});

test("the offset is that of the moment, on both sides of a clock change", () => {
  expect(parseExpiry("2026-03-29T02:59:59")?.toISOString()).toBe("2026-03-29T00:59:59.000Z");
  expect(parseExpiry("2026-03-29T04:00:00")?.toISOString()).toBe("2026-03-29T01:00:00.000Z");
  expect(parseExpiry("2026-10-25T05:00:00")?.toISOString()).toBe("2026-10-25T03:00:00.000Z");
});

test("milliseconds since 1970, as a number or as text", () => {
  expect(parseExpiry(1_795_274_400_000)?.getTime()).toBe(1_795_274_400_000);
  expect(parseExpiry("1795274400000")?.getTime()).toBe(1_795_274_400_000);
});

test.each(["", "soon", "21.11.2026", "2026-13-01T00:00:00", "2026-13-01T00:00:00Z"])(
  "%s is not a time",
  (text) => {
    expect(parseExpiry(text)).toBeNull();
  },
);
