import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesFormat } from "./formats";
import { type MarkdownBlock, type MarkdownInline, readMarkdown } from "./markdown";

const linksIn = (blocks: readonly MarkdownBlock[]): string[] =>
  [...JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g)].map(([, href = ""]) => href);

test("shows headings, lists, tables and emphasis", () => {
  const kinds = readMarkdown(
    "# A\n\ntext **b** `c`\nline\n\n1. x\n2. y\n\n> q\n\n|a|b|\n|-|-|\n|1|2|\n\n---",
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(["heading", "paragraph", "list", "quote", "table", "rule"]);
});

test("keeps what was written on two lines on two", () => {
  const [paragraph] = readMarkdown("one\ntwo");
  const inlines: MarkdownInline[] = paragraph?.kind === "paragraph" ? paragraph.inlines : [];
  expect(inlines.map(({ kind }) => kind)).toEqual(["text", "break", "text"]);
});

test.each([
  ["<script>alert(1)</script>", []],
  ["<img src=x onerror=alert(1)>", []],
  ["[a](javascript:alert(1))", []],
  ["[a](data:text/html,x)", []],
  ["[a](//evil.example)", []],
  ["[a](/connections)", []],
  ["![pixel](https://evil.example/p.png)", []],
  ["[a](https://partner.example)", ["https://partner.example"]],
  ["<https://partner.example>", ["https://partner.example"]],
  ["help@partner.example", ["mailto:help@partner.example"]],
])("%s leads to %j alone", (text, hrefs) => {
  const blocks = readMarkdown(text);
  expect(linksIn(blocks)).toEqual(hrefs);
  expect(JSON.stringify(blocks)).not.toContain("p.png");
});

test("HTML is shown as it was written", () => {
  expect(readMarkdown("<b>bold</b>")).toMatchObject([{ kind: "paragraph" }]);
  expect(JSON.stringify(readMarkdown("a <b>bold</b>"))).toContain("<b>");
});

test("any text is read, and leads to web pages and mail alone", () => {
  const words = fc.array(
    fc.constantFrom(
      "> ",
      "- ",
      "# ",
      "[",
      "](",
      ")",
      "<",
      ">",
      "**",
      "`",
      "a",
      "\n",
      "javascript:",
      "https://x.example",
      "|",
      "!",
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(words, (parts) => {
      for (const href of linksIn(readMarkdown(parts.join("")))) expect(href).toMatch(/^(?:https?|mailto):/);
    }),
  );
});

test("a text of quotes alone ends", () => {
  expect(JSON.stringify(readMarkdown(">".repeat(2000))).length).toBeLessThan(20_000);
});

test.each([
  [
    "business_id",
    ["1234567-8", "FI12345678", "556016-0680", "NO 923 609 016 MVA", "12345678"],
    ["", "123", "ABC"],
  ],
  ["phone", ["+358 40 123 4567", "(09) 12"].slice(0, 1), ["12", "call me"]],
  ["whole_number", ["0", "-12", "4711"], ["1.5", "1e3", ""]],
  ["web_address", ["https://a.example/x"], ["a.example", "javascript:alert(1)"]],
  ["iban", ["FI21 1234 5600 0007 85", "NO9386011117947"], ["FI21 1234 5600 0007 86", "FI00"]],
] as const)("%s takes what it is, and nothing else", (format, good, bad) => {
  for (const answer of good) expect(matchesFormat(format, answer), answer).toBe(true);
  for (const answer of bad) expect(matchesFormat(format, answer), answer).toBe(false);
});
