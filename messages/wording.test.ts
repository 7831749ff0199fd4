import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** Words that would name a second time what a language names already, or that only English says so. */
test.each<[string, string, RegExp]>([
  ["fi", "yritys, on pages and in mails", /(?<!Testi)ympäristö/i],
  ["nb", "krysse av", /\b(av)?huk/i],
  ["nb", "kontroller på nytt", /Sjekk igjen/],
  ["sv", "anslutning", /\bkoppling/i],
  ["sv", "behörighet", /\brättighet/i],
  ["sv", "företag, on pages and in mails", /(?<!Test)miljö/i],
  ["sv", "fungerar inte längre, said of a key", /(nyckel|nyckeln|den)( i \{connector\})? (är|visad) död/i],
])("%s has one word: %s", (locale, _word, other) => {
  const files = readdirSync(`${folder}${locale}`).map((name) => `${folder}${locale}/${name}`);
  const lines = files.flatMap((file) => readFileSync(file, "utf8").split("\n"));
  expect(lines.filter((line) => other.test(line))).toEqual([]);
});

/** A word that differs between a page and the guide beside it makes a reader look for two things. */
test.each<[string, string, RegExp]>([
  ["fi", "ottaa käyttöön", /aktivoitu/i],
  ["fi", "automaattisesti, of being led back", /palaat (takaisin|tänne) itsestään/i],
  ["nb", "kundestøtte", /brukerstøtte/i],
  ["nb", "automatisk, of being led back", /kommer tilbake av deg selv/i],
  ["nb", "håndtere", /handle på dem/i],
  ["da", "håndtere", /handle på dem/i],
])("%s has one word in pages and guides: %s", (locale, _word, other) => {
  const guides = fileURLToPath(new URL("../docs/guides/", import.meta.url));
  const files = [
    ...readdirSync(`${folder}${locale}`).map((name) => `${folder}${locale}/${name}`),
    ...readdirSync(guides, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(`${locale}.md`))
      .map((name) => `${guides}${name}`),
  ];
  expect(files.some((file) => file.endsWith(".md"))).toBe(true);
  const lines = files.flatMap((file) => readFileSync(file, "utf8").split("\n"));
  expect(lines.filter((line) => other.test(line))).toEqual([]);
});
