import { expect, test } from "vitest";
import { pickLocale } from "./locales";

test.each([
  [null, "en"],
  ["", "en"],
  ["fi-FI,fi;q=0.9,en;q=0.8", "fi"],
  ["de-DE,de;q=0.9,sv;q=0.4,en;q=0.2", "sv"],
  ["nn-NO", "nb"],
  ["no", "nb"],
  ["en;q=0.1, da", "da"],
  ["*;q=0.5", "en"],
])("%s is read as %s", (header, locale) => {
  expect(pickLocale(header)).toBe(locale);
});
