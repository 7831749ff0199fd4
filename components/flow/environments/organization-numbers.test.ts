import { expect, test } from "vitest";
import { anOption } from "./environment-option.fixture";
import { matchNumbers, normalizeNumber } from "./organization-numbers";

const finnish = anOption({ candidateId: "fi", businessId: "1234567-8", externalId: "15501" });
const norwegian = anOption({ candidateId: "no", businessId: "987654321", externalId: "15502" });
const taken = anOption({
  candidateId: "taken",
  businessId: "2345678-9",
  externalId: "15503",
  blocked: "active_here",
});
const options = [finnish, norwegian, taken];

const matchedIds = (text: string) => matchNumbers(options, text).matched.map((option) => option.candidateId);

test.each(["1234567-8", "FI12345678", "fi 1234567-8", "1234567–8", " 12345678 "])(
  "%j is the same number",
  (text) => {
    expect(normalizeNumber(text)).toBe("12345678");
  },
);

test("a Norwegian number may have spaces and its VAT suffix", () => {
  expect(matchedIds("NO 987 654 321 MVA")).toEqual(["no"]);
});

test.each(["\n", ", ", ";", "\t", " ", "\r\n"])("numbers may be apart by %j", (separator) => {
  expect(matchedIds(["1234567-8", "987654321"].join(separator))).toEqual(["fi", "no"]);
});

test("the vendor's own id counts as well", () => {
  expect(matchedIds("15502")).toEqual(["no"]);
});

test("a number pasted twice, or next to its vendor id, ticks one environment", () => {
  expect(matchedIds("1234567-8\nFI12345678\n15501")).toEqual(["fi"]);
});

test("what cannot be ticked and what is not there are told apart, as they were typed", () => {
  const { matched, blocked, unmatched } = matchNumbers(
    options,
    "2345678-9\n9999999-9\nTilitoimisto Esimerkki",
  );
  expect(matched).toEqual([]);
  expect(blocked).toEqual([taken]);
  expect(unmatched).toEqual(["9999999-9"]);
});

test("an environment without a business id is not meant by an empty line", () => {
  expect(matchNumbers([anOption({ candidateId: "none" })], "\n\n  \n").matched).toEqual([]);
});
