import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LONGEST } from "./longest-first";

test("the files that are begun first are there", () => {
  const root = fileURLToPath(new URL("../", import.meta.url));
  expect(LONGEST.filter((path) => !existsSync(root + path))).toEqual([]);
});
