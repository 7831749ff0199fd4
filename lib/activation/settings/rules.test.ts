import { describe, expect, test } from "vitest";
import type { Setting } from "@/lib/catalogue/integration/schema";
import { chosenFor, listChosen, readSettings, toGiven } from "./rules";

const words = { label: "Label", help: null };
const choices = [
  { value: "a", label: "A" },
  { value: "b", label: "B" },
];
const SETTINGS: Setting[] = [
  { ...words, name: "flow", type: "choice", choices, default: "a" },
  { ...words, name: "paid", type: "switch", default: false },
  { ...words, name: "days", type: "number", min: 1, max: 30, required: false },
  { ...words, name: "mark", type: "text", maxLength: 5, required: true },
  { ...words, name: "numbers", type: "number_range", required: false },
];
const GIVEN = {
  flow: "b",
  paid: "on",
  days: "14",
  mark: " K-1 ",
  "numbers.from": "50000",
  "numbers.to": "59999",
};
const VALUES = { flow: "b", paid: true, days: 14, mark: "K-1", numbers: { from: 50_000, to: 59_999 } };

describe("what a form sent", () => {
  test("becomes values, and those the same form again", () => {
    expect(readSettings(SETTINGS, GIVEN)).toEqual({ ok: true, values: VALUES });
    expect(toGiven(VALUES)).toEqual({ ...GIVEN, mark: "K-1" });
  });

  test("may leave out what need not be there", () => {
    expect(readSettings(SETTINGS, { flow: "a", mark: "x" })).toEqual({
      ok: true,
      values: { flow: "a", paid: false, days: null, mark: "x", numbers: null },
    });
  });

  test.each([
    [{ flow: "c" }, { flow: "choice" }],
    [{ days: "0" }, { days: "out_of_bounds" }],
    [{ days: "31" }, { days: "out_of_bounds" }],
    [{ days: "1.5" }, { days: "number" }],
    [{ mark: "  " }, { mark: "required" }],
    [{ mark: "longer" }, { mark: "too_long" }],
    [{ "numbers.to": "" }, { numbers: "range" }],
    [{ "numbers.to": "49999" }, { numbers: "range" }],
    [{ "numbers.from": "0" }, { numbers: "range" }],
    [{ "numbers.from": "ten" }, { numbers: "range" }],
  ])("%j is told about", (change, problems) => {
    expect(readSettings(SETTINGS, { ...GIVEN, ...change })).toEqual({ ok: false, problems });
  });
});

describe("what was chosen", () => {
  test("holds while it fits, and is asked for again when it does not", () => {
    expect(chosenFor(SETTINGS, VALUES)).toEqual(VALUES);
    expect(chosenFor(SETTINGS, { ...VALUES, flow: "gone" })).toBeNull();
    expect(chosenFor(SETTINGS, null)).toBeNull();
  });

  test("is nothing where nothing is asked", () => {
    expect(chosenFor([], null)).toEqual({});
    expect(chosenFor([], VALUES)).toEqual({});
  });
});

test("is repeated in the specification's order; numbers that were left empty are the vendor's to give", () => {
  const requirements = { customerNumbers: { setting: "numbers" } };
  const emptyOf = (values: typeof VALUES | null, needs?: typeof requirements) =>
    listChosen({ settings: SETTINGS, requirements: needs }, values).at(-1);
  expect(listChosen({ settings: SETTINGS }, VALUES).map(({ value }) => value)).toEqual(Object.values(VALUES));
  expect(emptyOf(VALUES, requirements)).toMatchObject({ isNumberedByVendor: false });
  expect(emptyOf(null, requirements)).toMatchObject({ value: null, isNumberedByVendor: true });
  expect(emptyOf(null)).toMatchObject({ value: null, isNumberedByVendor: false });
});
