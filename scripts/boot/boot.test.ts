import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Boot = {
  describeUnsuitableNode(version: string): string | null;
  findInstallReason(root: string): Promise<string | null>;
};

// Plain JavaScript, which runs before any compiler is there; so its types are told here.
const load = async (name: string): Promise<unknown> => import(new URL(name, import.meta.url).href);
const boot = Object.assign({}, await load("./check-node.mjs"), await load("./compare-lockfiles.mjs")) as Boot;

describe("the version of Node", () => {
  test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("%s will do", (version) => {
    expect(boot.describeUnsuitableNode(version)).toBeNull();
  });

  test.each(["18.20.8", "20.18.3", "8.0.0"])("%s is too old, and the words name both", (version) => {
    expect(boot.describeUnsuitableNode(version)).toContain(version);
    expect(boot.describeUnsuitableNode(version)).toContain("20.19");
  });
});

describe("whether to install", () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "kytkin-boot-"));
    await mkdir(join(root, "node_modules"));
  });
  afterAll(() => rm(root, { recursive: true }));

  const lock = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/only-on-another-platform": { version: "2.0.0", optional: true },
  };
  const write = (file: string, packages: object) => writeFile(join(root, file), JSON.stringify({ packages }));

  test("yes, when nothing is there", async () => {
    await write("package-lock.json", lock);
    expect(await boot.findInstallReason(root)).toMatch(/not installed/);
  });

  test("no, when everything is there but what is for other platforms", async () => {
    await write("node_modules/.package-lock.json", { "node_modules/a": { version: "1.0.0" } });
    expect(await boot.findInstallReason(root)).toBeNull();
  });

  test("yes, when a version has changed", async () => {
    await write("package-lock.json", { ...lock, "node_modules/a": { version: "1.0.1" } });
    expect(await boot.findInstallReason(root)).toMatch(/changed/);
  });

  test("yes, when a package was added", async () => {
    await write("package-lock.json", { ...lock, "node_modules/b": { version: "1.0.0" } });
    expect(await boot.findInstallReason(root)).toMatch(/changed/);
  });
});
