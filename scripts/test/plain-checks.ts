import { join } from "node:path";
import { runNode } from "../process/run-command";
import { ensureBuilt } from "../start/build";
import { readManifest } from "../start/bundle";
import { ROOT } from "../start/home";
import { type Check, makeCheckEnv } from "./check";

type Program = { path: string; args: readonly string[] };

/** A tool with the arguments that package.json gives it, so that this check and `npm run` cannot differ. */
function readTool(path: string, script: string): Program {
  return { path, args: (readManifest().scripts[script] ?? "").split(" ").slice(1) };
}

const BIOME = readTool("@biomejs/biome/bin/biome", "lint");
/** Next writes the types of the routes, which the pages refer to. */
const TYPEGEN = { path: "next/dist/bin/next", args: ["typegen"] };
const TSC = readTool("typescript/bin/tsc", "typecheck");
const DEPCRUISE = readTool("dependency-cruiser/bin/dependency-cruise.mjs", "lint:imports");
const KNIP = readTool("knip/bin/knip.js", "lint:unused");

/** A check that passes when each of its programs ends well. */
function describeCheck(name: string, ...programs: Program[]): Check {
  return {
    name,
    run: async (signal) => {
      for (const { path, args } of programs) {
        const command = [join(ROOT, "node_modules", path), ...args];
        const { code, stdout, stderr } = await runNode({
          args: command,
          cwd: ROOT,
          env: makeCheckEnv(),
          signal,
        });
        if (code !== 0) return { passed: 0, failed: 1, output: `${stdout}${stderr}` };
      }
      return { passed: 1, failed: 0, output: "" };
    },
  };
}

export const lint = describeCheck("Formatting and lint", BIOME);
export const types = describeCheck("Types", TYPEGEN, TSC);
export const imports = describeCheck("Imports run one way", DEPCRUISE);
export const unused = describeCheck("Nothing unused", KNIP);

export const build: Check = {
  name: "Production build",
  run: async (signal) => {
    await ensureBuilt(signal);
    return { passed: 1, failed: 0, output: "" };
  },
};
