import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchNumbers } from "./match-numbers";

type Option = { candidateId: string; businessId: string | null; externalId: string; blocked: string | null };
const anOption = (option: Partial<Option> & { candidateId: string }): Option => ({
  businessId: null,
  externalId: `ext-${option.candidateId}`,
  blocked: null,
  ...option,
});

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
    "2345678-9\n9999999-9 8888888-8\nTilitoimisto Esimerkki",
  );
  expect(matched).toEqual([]);
  expect(blocked).toEqual([taken]);
  expect(unmatched).toEqual(["9999999-9", "8888888-8", "Tilitoimisto Esimerkki"]);
});

test("an environment without a business id is not meant by an empty line", () => {
  expect(matchNumbers([anOption({ candidateId: "none" })], "\n\n  \n").matched).toEqual([]);
});

describe("the numbers of four countries, however they are dressed", () => {
  const fjellheim = anOption({ candidateId: "fjellheim", businessId: "912345678", externalId: "81" });
  const danish = anOption({ candidateId: "dk", businessId: "12345678", externalId: "82" });
  const swedish = anOption({ candidateId: "se", businessId: "556036-0793", externalId: "83" });
  const kahvila = anOption({ candidateId: "kahvila", businessId: "1234567-1", externalId: "84" });
  const zero = anOption({ candidateId: "zero", businessId: "0112038-9", externalId: "85" });
  const uuid = anOption({ candidateId: "uuid", externalId: "7bfbab81-3c1e-4f0a-9a55-0b7b8f3c2d11" });
  const all = [fjellheim, danish, swedish, kahvila, zero, uuid];
  const idsIn = (text: string) => matchNumbers(all, text).matched.map((option) => option.candidateId);

  test.each([
    ["912 345 678 Fjellheim AS", "fjellheim"],
    ["Fjellheim AS 912 345 678", "fjellheim"],
    ["Fjellheim AS (912345678)", "fjellheim"],
    ["Org.nr. 912 345 678", "fjellheim"],
    ["Org.nr: NO 912 345 678 MVA, Fjellheim AS", "fjellheim"],
    ["NO912345678MVA", "fjellheim"],
    ["0192:912345678", "fjellheim"],
    ["912.345.678", "fjellheim"],
    ["912\u00a0345\u202f678", "fjellheim"],
    ["９１２３４５６７８", "fjellheim"],
    ["912345678.0", "fjellheim"],
    ["CVR-nr. 12 34 56 78", "dk"],
    ["DK-12345678", "dk"],
    ["SE556036079301", "se"],
    ["SE 556036-0793 01", "se"],
    ["16556036-0793", "se"],
    ["5560360793", "se"],
    ["1234567\u20111", "kahvila"],
    ["1234567\u22121", "kahvila"],
    ["1234567 – 1", "kahvila"],
    ["FI12345671", "kahvila"],
    ["Y-tunnus: 1234567-1", "kahvila"],
    ['"1234567-1"', "kahvila"],
    ["'1234567-1", "kahvila"],
    ['="1234567-1"', "kahvila"],
    ["1234567\u200b-1\ufeff", "kahvila"],
    ["123\u00ad4567-1", "kahvila"],
    ["003712345671", "kahvila"],
    ["112038-9", "zero"],
    ["1120389", "zero"],
    ["Asiakas 3 Oy\t0112038-9\tHelsinki 00100", "zero"],
    ["7BFBAB81-3C1E-4F0A-9A55-0B7B8F3C2D11", "uuid"],
    ["{7bfbab81‑3c1e‑4f0a‑9a55‑0b7b8f3c2d11}", "uuid"],
  ])("%j", (text, id) => {
    expect(idsIn(text)).toEqual([id]);
    expect(matchNumbers(all, text).unmatched).toEqual([]);
  });

  test("many in one line, with names between", () => {
    const line = "Fjellheim AS 912 345 678, Kahvila Oy 1234567-1; 556036-0793 0112038-9";
    expect(idsIn(line)).toEqual(["fjellheim", "se", "kahvila", "zero"]);
    expect(idsIn("912 345 678 12 34 56 78 1234567-1")).toEqual(["fjellheim", "dk", "kahvila"]);
  });

  test("a postal code is no id of the vendor, a column of ids is", () => {
    const short = anOption({ candidateId: "short", externalId: "00100" });
    expect(matchNumbers([short], "Mannerheimintie 3, 00100 Helsinki").matched).toEqual([]);
    expect(matchNumbers([short], "Kahvila Oy\t00100").matched).toEqual([short]);
  });

  test("what could not be read is there as it was written", () => {
    const { unmatched } = matchNumbers(all, "Org.nr. 999 999 999\nKahvila Oy\nabc 12");
    expect(unmatched).toEqual(["999 999 999", "Kahvila Oy", "abc 12"]);
  });

  const dress = fc.constantFrom(
    (number: string) => number,
    (number: string) => `"${number}"`,
    (number: string) => `Org.nr. ${number}`,
    (number: string) => `Fjellheim AS ${number} Bergen`,
    (number: string) => number.replace("-", "\u2011"),
    (number: string) => number.replaceAll("-", " "),
    (number: string) => [...number].join("\u200b"),
  );
  const numbers = fc.constantFrom("912345678", "12345678", "556036-0793", "1234567-1", "0112038-9");

  test("any dress and any neighbours: what is there is found", () => {
    const lines = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.lorem()), { maxLength: 4 });
    fc.assert(
      fc.property(numbers, dress, lines, (number, put, others) => {
        const found = matchNumbers(all, [...others, put(number), ...others].join("\n")).matched;
        expect(found.map(({ businessId }) => businessId)).toContain(number);
      }),
      { numRuns: 500 },
    );
  });
});
