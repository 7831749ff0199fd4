import { expect, test } from "vitest";
import { readTimeZone } from "./zones";

test.each([
  ["Europe/Helsinki", "Europe/Helsinki"],
  ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ["UTC", "UTC"],
  ["+02:00", null],
  ["Nowhere/At_All", null],
  ["Europe/Helsinki; Path=/", null],
  ["x".repeat(65), null],
  ["", null],
  [undefined, null],
])("%s is read as %s", (value, zone) => {
  expect(readTimeZone(value)).toBe(zone);
});
