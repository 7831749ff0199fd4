import { describe, expect, test } from "vitest";
import { firstIdAt } from "@/lib/core/first-id-at";
import { dayRange, normalizeName, normalizeNumber, parseSearch } from "./rules";

test.each([
  ["  Äyräs\tKauppa  OY ", "äyräs kauppa oy"],
  ["ﬁnland", "finland"],
])("the name %j is compared as %j", (name, normalized) => {
  expect(normalizeName(name)).toBe(normalized);
});

test.each([
  ["2233445-6", "22334456"],
  ["fi 22334456", "FI22334456"],
  ["kauppa", null],
  ["%", null],
])("the number %j is compared as %j", (number, normalized) => {
  expect(normalizeNumber(number)).toBe(normalized);
});

describe("what is looked for", () => {
  test("is a request by its whole id, in any case", () => {
    const id = "0190B1F0-0000-7000-8000-000000000001";
    expect(parseSearch(` ${id} `)).toEqual({ kind: "request", id: id.toLowerCase() });
  });
  test("is else a company, by a range of all that begins so", () => {
    const search = parseSearch("Kauppa 24");
    if (search.kind !== "company") throw new Error(search.kind);
    const { name, number } = search;
    for (const found of ["kauppa 24", "kauppa 24 oy", "kauppa 24\u{1F600}"])
      expect(found >= name.from && found < name.below).toBe(true);
    expect("kauppa 25" < name.below).toBe(false);
    expect(number?.from).toBe("KAUPPA24");
  });
});

test("ids of a day lie within its range", () => {
  expect(firstIdAt(new Date(0))).toBe("00000000-0000-0000-0000-000000000000");
  const { firstId, beforeId, from, before } = dayRange("2026-11-30", "2026-11-30");
  const noon = firstIdAt(new Date("2026-11-30T12:00:00Z"));
  expect(noon > String(firstId) && noon < String(beforeId)).toBe(true);
  expect(from?.toISOString()).toBe("2026-11-30T00:00:00.000Z");
  expect(before?.toISOString()).toBe("2026-12-01T00:00:00.000Z");
  expect(dayRange(undefined, undefined)).toEqual({ from: null, before: null, firstId: null, beforeId: null });
});
