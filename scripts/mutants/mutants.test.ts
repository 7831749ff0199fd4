import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../start/home";
import { MUTANTS } from "./mutants";

test("each mutant changes one place that is there, and names tests that are there", () => {
  const stale = MUTANTS.flatMap(({ breaks, file, from, to, tests }) => {
    const places = readFileSync(join(ROOT, file), "utf8").split(from).length - 1;
    const missing = tests.filter((path) => !existsSync(join(ROOT, path)));
    return places === 1 && from !== to && tests.length > 0 && missing.length === 0
      ? []
      : [{ breaks, file, places, missing }];
  });
  expect(stale).toEqual([]);
});
