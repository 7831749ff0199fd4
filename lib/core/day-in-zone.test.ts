import { expect, test } from "vitest";
import { startOfDay } from "./day-in-zone";

test.each([
  ["2026-12-24", "UTC", "2026-12-24T00:00:00.000Z"],
  ["2026-12-24", "Europe/Helsinki", "2026-12-23T22:00:00.000Z"],
  ["2026-07-01", "Europe/Oslo", "2026-06-30T22:00:00.000Z"],
  ["2026-12-24", "America/New_York", "2026-12-24T05:00:00.000Z"],
  // The day on which the clocks change, and the one after it.
  ["2026-10-25", "Europe/Helsinki", "2026-10-24T21:00:00.000Z"],
  ["2026-10-26", "Europe/Helsinki", "2026-10-25T22:00:00.000Z"],
  ["2026-12-24", "Nowhere/Atlantis", "2026-12-24T00:00:00.000Z"],
])("%s in %s begins at %s", (day, zone, at) => {
  expect(startOfDay(day, zone).toISOString()).toBe(at);
});
