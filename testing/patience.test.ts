import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("what a test waits for has the project's patience, and not vitest's one second", () => {
  const files = execFileSync("git", ["ls-files", "*.ts"], { encoding: "utf8" }).trim().split("\n");
  expect(files.filter((path) => /\bvi\.wait(For|Until)\(/.test(readFileSync(path, "utf8")))).toEqual([
    "testing/wait-for.ts",
  ]);
});
