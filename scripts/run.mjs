/*
 * Runs a program of an installation: `node scripts/run.mjs start-worker`. Where a TypeScript loader is installed, as in a clone
 * that is worked on, its source runs; else, as after `npm ci --omit=dev`, the bundle that `npm run build` made.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [node, , name, ...args] = process.argv;
const source = join(root, "scripts", `${name}.ts`);
const bundle = join(root, "dist", `${name}.mjs`);

async function loadTypeScript() {
  try {
    const { register } = await import("tsx/esm/api");
    register();
    return true;
  } catch (error) {
    if (error?.code === "ERR_MODULE_NOT_FOUND") return false;
    throw error;
  }
}

function refuse(words) {
  console.error(words);
  process.exit(1);
}

if (!name || !/^[a-z-]+$/.test(name)) refuse("Say which program: node scripts/run.mjs start-worker");
const program = (await loadTypeScript()) ? source : bundle;
if (!existsSync(program))
  refuse(
    program === bundle
      ? `${bundle} is missing: run \`npm ci\` and \`npm run build\`, then \`npm ci --omit=dev\` (docs/operations/deploy.md).`
      : `There is no program ${name}.`,
  );
process.argv = [node, program, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);
