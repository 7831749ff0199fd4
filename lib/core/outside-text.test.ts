import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanLine, cleanLines, cutText, holdsLink, lengthOf, readLine, withoutLinks } from "./outside-text";
import { writtenLine } from "./written-text";

/** Every UTF-16 unit, lone halves and what hides among them, more often than chance has them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\u0000",
        "\r\n",
        "\u2028",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\ud800",
        "\udfff",
        "e\u0301",
        "👩‍👩‍👧",
        "🇫🇮",
        "\t",
        "\u0085",
      ),
    ),
  )
  .map((parts) => parts.join(""));

const HIDDEN =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2064\u2066-\u2069\ufeff]/u;

test.each([
  ["Kahvila\u0000 Oy", "Kahvila Oy"],
  ["Kukka\r\nBcc: everybody@example.com", "Kukka Bcc: everybody@example.com"],
  ["a\u2028b\u0085c\td", "a b c d"],
  ["\u202egpj.exe\u202c", "gpj.exe"],
  ["Tu\u200bto\u00adriaali\ufeff", "Tutoriaali"],
  ["A\u030angstro\u0308m", "Ångström"],
  ["half \ud83d of it", "half \ufffd of it"],
  ["  Oy Yritys  Ab ", "Oy Yritys  Ab"],
  ["👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"],
  ["a\u200db", "ab"],
])("the line %j is read as %j", (given, read) => expect(cleanLine(given)).toBe(read));

test("several lines stay several", () =>
  expect(cleanLines("one\r\ntwo\u2029three\u0000\n")).toBe("one\ntwo\nthree"));

describe("whatever comes in", () => {
  test("a line has nothing hidden, is well formed, in NFC, and cleaning it again changes nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(HIDDEN);
        expect(line.normalize("NFC")).toBe(line);
        expect(cleanLine(line)).toBe(line);
        expect(() => encodeURIComponent(line)).not.toThrow();
      }),
    );
  });

  test("a cut is a beginning of the text, no longer than asked, and ends no character early", () => {
    fc.assert(
      fc.property(anyText.map(cleanLine), fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const cut = cutText(text, longest);
        expect(text.startsWith(cut)).toBe(true);
        expect(lengthOf(cut)).toBeLessThanOrEqual(longest);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  test("what a person wrote is taken as it reads, or refused; never cut", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const written = writtenLine(longest).safeParse(text);
        const line = cleanLine(text);
        expect(written.success).toBe(line !== "" && lengthOf(line) <= longest);
        if (written.success) expect(written.data).toBe(line);
      }),
    );
  });

  test("what is no text is nothing", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readLine(value, 20);
        expect(read === null || (typeof value === "string" && read !== "")).toBe(true);
      }),
    );
  });
});

test("a cut keeps characters whole", () => {
  expect(cutText(`${"a".repeat(499)}😀`, 500)).toBe(`${"a".repeat(499)}😀`);
  expect(cutText(`${"a".repeat(500)}😀`, 500)).toBe("a".repeat(500));
  expect(cutText(`aa👩‍👩‍👧`, 4)).toBe("aa");
  expect(cutText("🇫🇮🇳🇴", 3)).toBe("🇫🇮");
});

test.each([
  "kyc-verify.com/x",
  "Klarna login: kyc-verify.com",
  "https://x",
  "www.example",
  "somebody@example.com",
  "пример.рф",
])("%s holds a link, and a mail says it without", (name) => {
  expect(holdsLink(name)).toBe(true);
});

test.each(["Tilitoimisto Oy", "A.B. Yhtiö", "Hansen & Co. AS", "4.5 tonnia", "St. Olav", "K/S Havn"])(
  "%s holds no link",
  (name) => expect(holdsLink(name)).toBe(false),
);

test("hosts are broken for mail programs and read the same", () => {
  const told = withoutLinks("Klarna: kyc-verify.com/x");
  expect(told).not.toContain("verify.com");
  expect(told.replaceAll("\u2060", "")).toBe("Klarna: kyc-verify.com/x");
});
