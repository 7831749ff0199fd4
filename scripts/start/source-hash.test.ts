import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "./source-hash";

let root: string;
const write = (file: string, content: string) => writeFile(join(root, file), content);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kytkin-sources-"));
  await mkdir(join(root, "app", "home"), { recursive: true });
  await mkdir(join(root, "docs"));
  await write("app/home/page.tsx", "one");
  await write("package.json", "{}");
});
afterEach(() => rm(root, { recursive: true }));

test("it changes with a file, a new file, a moved file and a file at the top", async () => {
  const hashes = [await hashSources(root)];
  await write("app/home/page.tsx", "two");
  hashes.push(await hashSources(root));
  await write("app/home/more.ts", "three");
  hashes.push(await hashSources(root));
  await rm(join(root, "app/home/more.ts"));
  await write("app/more.ts", "three");
  hashes.push(await hashSources(root));
  await write("package.json", "{ }");
  hashes.push(await hashSources(root));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("it stays when only tests or what is not built change", async () => {
  const before = await hashSources(root);
  await write("app/home/page.test.ts", "a test");
  await write("docs/flow.md", "words");
  expect(await hashSources(root)).toBe(before);
});
