import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { expect, test } from "vitest";
import { runNode } from "../process/run-command";
import { bundleOf, bundlePrograms, listPrograms, readManifest } from "./bundle";
import { ROOT } from "./home";

const { dependencies } = readManifest();
const packageOf = (path: string): string =>
  path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");

test("the bundles need no package that an installation without development dependencies lacks", async () => {
  const packages = (await bundlePrograms()).filter((path) => !isBuiltin(path)).map(packageOf);
  expect(packages).toContain("postgres");
  expect(packages.filter((name) => !(name in dependencies))).toEqual([]);
});

test("every program has a bundle, which says what its environment lacks", async () => {
  const programs = listPrograms();
  expect(programs).toEqual(
    expect.arrayContaining(["start-worker", "start-gateway", "start-intake", "migrate"]),
  );
  expect(programs.filter((name) => !existsSync(bundleOf(name)))).toEqual([]);
  const { code, stderr } = await runNode({
    args: [bundleOf("start-gateway")],
    cwd: ROOT,
    env: { PATH: process.env.PATH },
  });
  expect(code).not.toBe(0);
  expect(stderr).toContain("KYTKIN_GATEWAY_KEYS");
});
