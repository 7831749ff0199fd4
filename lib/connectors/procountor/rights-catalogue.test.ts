import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rightsCatalogue } from "./rights-catalogue";

const LOCALES = ["en", "fi", "nb", "sv", "da"];
const readWords = (locale: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../messages/${locale}/rights-procountor.json`, import.meta.url), "utf8"),
  ).rights;

test.each(LOCALES)(
  "every right, area and level has plain words, and no words are left over: %s",
  (locale) => {
    const words = readWords(locale);
    const { areas, ...rights } = words.procountor;
    const paths = rightsCatalogue.map(({ path }) => path.replaceAll(".", "_"));
    expect(Object.keys(rights).sort()).toEqual(paths.sort());
    const named = new Set(rightsCatalogue.map(({ path }) => path.split(".", 1)[0]));
    expect(Object.keys(areas).sort()).toEqual([...named].sort());
    const levels = new Set(rightsCatalogue.flatMap((right) => right.levels));
    expect(Object.keys(words.levels).sort()).toEqual([...levels].sort());
  },
);

test("each right is listed once", () => {
  expect(new Set(rightsCatalogue.map(({ path }) => path)).size).toBe(rightsCatalogue.length);
});
