import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runNode } from "../process/run-command";
import { bundleOf, bundlePrograms, listPrograms } from "./bundle";
import { ROOT } from "./home";

const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
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
