import { describe, expect, test } from "vitest";
import { firstIdAt } from "@/lib/core/first-id-at";
import {
  dayRange,
  latestDeadline,
  listExtensions,
  normalizeName,
  normalizeNumber,
  parseSearch,
} from "./rules";

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
  test("is something by its whole id, in any case", () => {
    const id = "0190B1F0-0000-7000-8000-000000000001";
    expect(parseSearch(` ${id} `)).toEqual({ kind: "id", id: id.toLowerCase() });
  });
  test.each(["Matti@example.com", "matti@", " matti@exa"])("is who submitted by the beginning of %j", (q) => {
    const search = parseSearch(q);
    if (search.kind !== "email") throw new Error(search.kind);
    expect("matti@example.com" >= search.email.from && "matti@example.com" < search.email.below).toBe(true);
    expect("matti.x@example.com" < search.email.from).toBe(true);
  });
  test.each(["@", "@oy", "matti"])("is no address in %j", (q) => {
    expect(parseSearch(q).kind).toBe("company");
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

describe("more time for a decision", () => {
  const HOUR_MS = 3600 * 1000;
  const now = new Date("2026-11-30T12:00:00Z");
  const hours = (count: number) => new Date(now.getTime() + count * HOUR_MS);
  test("ends ten minutes before the consent, and a month from now without one", () => {
    expect(latestDeadline(hours(48), now).toISOString()).toBe("2026-12-02T11:50:00.000Z");
    expect(latestDeadline(null, now)).toEqual(hours(30 * 24));
    expect(latestDeadline(hours(90 * 24), now)).toEqual(hours(30 * 24));
  });
  test("comes in days before the end, and as far as the end", () => {
    const all = listExtensions(hours(1), hours(24 * 4));
    expect(all.map(({ to }) => to)).toEqual(["1", "3", "latest"]);
    expect(all.at(-1)?.at).toEqual(hours(24 * 4));
    for (const { at } of all) expect(at > hours(1) && at <= hours(24 * 4)).toBe(true);
  });
  test("is not offered when next to nothing is left", () => {
    expect(listExtensions(hours(10), hours(10.05))).toEqual([]);
    expect(listExtensions(hours(10), hours(5))).toEqual([]);
  });
});
