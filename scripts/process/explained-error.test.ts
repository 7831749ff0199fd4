import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeJson } from "../start/home";
import { describeFailure, ExplainedError } from "./explained-error";

const failWith = (code: string) =>
  Object.assign(new Error(`${code}: raw words`), { code, path: "/data/kytkin/run.json", syscall: "open" });

test.each([
  ["EROFS", /read-only\. Make it writable, or set KYTKIN_HOME/],
  ["ENOSPC", /full\. Make room, then try again; nothing was lost/],
  ["EDQUOT", /quota is used up/],
  ["EACCES", /owner and rights/],
])("%s is told in words with the file, without a stack", (code, words) => {
  const told = describeFailure(failWith(code));
  expect(told).toMatch(words);
  expect(told).toContain("/data/kytkin/run.json");
  expect(told).not.toMatch(/^\s+at /m);
});

test("words that were meant for the person are shown as they are; everything else with its stack", () => {
  expect(describeFailure(new ExplainedError("Stop it first."))).toBe("Stop it first.");
  expect(describeFailure(new Error("a bug"))).toMatch(/a bug\n\s+at /);
});

test("a file that cannot be written whole leaves the one before, and nothing half", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kytkin-words-"));
  const file = join(folder, "kept.json");
  await writeFile(file, "kept");
  const circular: Record<string, unknown> = {};
  circular.itself = circular;
  await expect(writeJson(file, circular)).rejects.toThrow(/circular/);
  expect(await readdir(folder)).toEqual(["kept.json"]);
  await rm(folder, { recursive: true });
});
