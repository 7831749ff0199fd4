import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describeUnsuitableNode } from "./check-node.mjs";
import { ensureInstalled } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

async function prepare() {
  const problem = describeUnsuitableNode(process.versions.node);
  if (problem !== null) throw new Error(problem);
  await ensureInstalled(root);
}

/**
 * Runs a TypeScript entry point in this very process, so that there is nothing between the terminal's signals and it.
 * `path` is relative to the repository's root. `onUnprepared` is called when it cannot be run at all.
 */
export async function runTypeScript(path, onUnprepared = () => {}) {
  process.chdir(root);
  try {
    await prepare();
  } catch (error) {
    console.error(error.message);
    onUnprepared();
    process.exit(1);
  }
  const { register } = await import("tsx/esm/api");
  register();
  await import(pathToFileURL(join(root, path)).href);
}
