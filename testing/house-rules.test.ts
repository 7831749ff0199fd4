import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const run = promisify(execFile);

/** A tree of its own with the house's rules and nothing else. */
let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), "kytkin-rules-"));
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "biome.json", "package.json"]) {
    await cp(join(root, file), join(tree, file));
  }
  await symlink(join(root, "node_modules"), join(tree, "node_modules"));
});
afterEach(() => rm(tree, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), text);
}

/** What a tool prints, and whether it found fault. */
async function judge(tool: string, args: string[]): Promise<{ isFine: boolean; output: string }> {
  try {
    const { stdout } = await run(bin(tool), args, { cwd: tree });
    return { isFine: true, output: stdout };
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return { isFine: false, output: stdout + stderr };
  }
}
const cruise = () => judge("depcruise", ["--config", ".dependency-cruiser.cjs", "."]);
const check = (path: string) => judge("biome", ["lint", "--vcs-enabled=false", path]);

const exports = "export const value = 1;\n";
const uses = (path: string): string =>
  `import { value } from "${path}";\n\nexport const twice = value * 2;\n`;

/** Each rule with an import that it forbids: from, to. */
const FORBIDDEN: [rule: string, from: string, to: string][] = [
  ["core-is-pure", "lib/core/pure.ts", "db/client.ts"],
  ["rules-and-schema-are-pure", "lib/activation/draft/rules.ts", "lib/activation/draft/queries.ts"],
  ["db-knows-no-connector", "db/client.ts", "lib/connectors/one/index.ts"],
  ["connectors-are-islands", "lib/connectors/one/index.ts", "db/scope.ts"],
  [
    "only-the-registry-knows-connectors",
    "lib/activation/draft/accept-terms.ts",
    "lib/connectors/one/index.ts",
  ],
  ["no-connector-knows-another", "lib/connectors/two/index.ts", "lib/connectors/three/index.ts"],
  ["components-see-dtos", "components/home/home.tsx", "db/scope.ts"],
  ["lib-knows-no-edge", "lib/activation/grant/read-grant.ts", "app/page.tsx"],
  ["sandbox-is-apart", "sandbox/start.ts", "lib/activation/draft/queries.ts"],
  ["engine-knows-no-domain", "inngest/engine/engine.ts", "lib/activation/draft/queries.ts"],
  ["platform-looks-one-way", "lib/platform/outbox/outbox.ts", "lib/people/auth/viewer.ts"],
  ["connection-looks-one-way", "lib/connection/lifecycle/rules.ts", "lib/activation/request/schema.ts"],
  ["nobody-imports-scripts", "lib/activation/grant/queries.ts", "scripts/migrate.ts"],
];

test("imports that run the right way are fine", async () => {
  await write("lib/core/pure.ts", exports);
  await write("lib/activation/draft/accept-terms.ts", uses("@/lib/core/pure"));
  await write(
    "app/page.ts",
    uses("@/lib/activation/draft/accept-terms").replace("{ value }", "{ twice as value }"),
  );
  expect(await cruise()).toMatchObject({ isFine: true });
});

test("each forbidden import is caught by its rule, and so is a cycle", async () => {
  for (const [, , to] of FORBIDDEN) await write(to, exports);
  for (const [, from, to] of FORBIDDEN)
    await write(
      from,
      exports +
        uses(`@/${to.replace(/\.tsx?$/, "")}`)
          .replace("{ value }", "{ value as other }")
          .replace("value *", "other *"),
    );
  await write("lib/people/account/one.ts", `import { two } from "./two";\nexport const one = () => two;\n`);
  await write("lib/people/account/two.ts", `import { one } from "./one";\nexport const two = () => one;\n`);
  const { isFine, output } = await cruise();
  expect(isFine).toBe(false);
  const found = output.split("\n").map((line) => line.trim());
  for (const [rule, from, to] of FORBIDDEN) expect(found).toContain(`error ${rule}: ${from} → ${to}`);
  expect(output).toContain("error no-cycles: lib/people/account/");
});

test.each([
  ["noProcessEnv", "lib/activation/draft/queries.ts", "export const url = process.env.DATABASE_URL;\n"],
  ["noExplicitAny", "lib/activation/draft/queries.ts", "export const value: any = 1;\n"],
  [
    "noNonNullAssertion",
    "lib/activation/draft/queries.ts",
    "export const first = (list: string[]) => list[0]!;\n",
  ],
  ["useFilenamingConvention", "lib/activation/draft/findDraft.ts", exports],
])("%s is refused in %s", async (rule, path, text) => {
  await write(path, text);
  const { isFine, output } = await check(path);
  expect(isFine).toBe(false);
  expect(output).toContain(rule);
});

test("lib/platform/env.ts alone reads the environment", async () => {
  await write("lib/platform/env.ts", "export const url = process.env.DATABASE_URL;\n");
  expect(await check("lib/platform/env.ts")).toMatchObject({ isFine: true });
});
