import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A cell that cites a test: its file in code, and how its title begins. */
const CITATION = /`([\w./-]+\.(?:test|spec)\.ts)`: ([^|]+?) \|/g;

const page = readFileSync(`${ROOT}docs/operations/faults.md`, "utf8");
const citations = [...page.matchAll(CITATION)].map(([, file = "", title = ""]) => ({ file, title }));

test("every cell of the tables cites a test or says why there is none", () => {
  const cells = page
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (fault|cause) \|/.test(line))
    .flatMap((line) => line.split(" | ").slice(2));
  expect(cells.filter((cell) => !/^(`[\w./-]+\.(test|spec)\.ts`: |– )/.test(cell))).toEqual([]);
});

test.each(citations)("$file has “$title…”", ({ file, title }) => {
  expect(readFileSync(`${ROOT}${file}`, "utf8")).toContain(`("${title}`);
});
