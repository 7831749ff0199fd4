import { expect, test } from "vitest";
import { anOption } from "./environment-option.fixture";
import {
  findSharedNames,
  idsBetween,
  initialPick,
  keepPickable,
  matchesSearch,
  pickLimit,
  pickUpTo,
  setPicked,
} from "./selection";

const [a, b, c, d] = [
  anOption({ candidateId: "a", isPicked: true }),
  anOption({ candidateId: "b", isPicked: true, blocked: "active_here" }),
  anOption({
    candidateId: "c",
    name: "Leipomo Oy",
    businessId: "1234567-8",
    accountingOffice: "Tilitoimisto Malli",
  }),
  anOption({ candidateId: "d", name: null }),
] as const;
const options = [a, b, c, d];

test("environments in flight count against the cap, and never below zero", () => {
  expect(pickLimit({ cap: 20, inFlight: 5 })).toBe(15);
  expect(pickLimit({ cap: 2, inFlight: 3 })).toBe(0);
});

test("what is blocked is not ticked to begin with", () => {
  expect([...initialPick(options)]).toEqual(["a"]);
});

test("what was ticked and is blocked or gone by now is not ticked any more", () => {
  expect([...keepPickable(new Set(["a", "b", "gone"]), options)]).toEqual(["a"]);
});

test("ticking up to the limit keeps what is ticked, leaves out the blocked and stops", () => {
  expect([...pickUpTo(new Set(["d"]), options, 2)]).toEqual(["d", "a"]);
  expect([...pickUpTo(new Set(), options, 20)]).toEqual(["a", "c", "d"]);
});

test("setting leaves the set before untouched", () => {
  const before = new Set(["a"]);
  expect([...setPicked(before, ["a"], false)]).toEqual([]);
  expect([...before]).toEqual(["a"]);
});

test.each(["leip", "LEIPOMO", "1234567-8", "FI1234567", "malli", "ext-c", "  "])(
  "%j finds the bakery",
  (query) => {
    expect(matchesSearch(c, query)).toBe(true);
  },
);

test("another name is not found, nor is a number too short to mean anything", () => {
  expect(matchesSearch(c, "kahvila")).toBe(false);
  expect(matchesSearch(d, "12")).toBe(false);
});

test("names that occur twice are shared, missing ones are not", () => {
  expect([...findSharedNames([...options, anOption({ candidateId: "e", name: null })])]).toEqual([
    "Esimerkkikahvila Oy",
  ]);
});

test("a range goes both ways and leaves out the blocked", () => {
  expect(idsBetween(options, "a", "c")).toEqual(["a", "c"]);
  expect(idsBetween(options, "d", "a")).toEqual(["a", "c", "d"]);
});

test("a range from a row that is filtered out is only the row itself", () => {
  expect(idsBetween([c, d], "a", "d")).toEqual(["d"]);
});
