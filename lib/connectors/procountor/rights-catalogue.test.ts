import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rightsCatalogue } from "./rights-catalogue";

const words = JSON.parse(
  readFileSync(new URL("../../../messages/en/rights-procountor.json", import.meta.url), "utf8"),
).rights;

test("every right and every level has plain words, and no words are left over", () => {
  const paths = rightsCatalogue.map(({ path }) => path.replaceAll(".", "_"));
  expect(Object.keys(words.procountor).sort()).toEqual(paths.sort());
  const levels = new Set(rightsCatalogue.flatMap((right) => right.levels));
  expect(Object.keys(words.levels).sort()).toEqual([...levels].sort());
});

test("each right is listed once", () => {
  expect(new Set(rightsCatalogue.map(({ path }) => path)).size).toBe(rightsCatalogue.length);
});
