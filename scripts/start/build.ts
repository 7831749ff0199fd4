import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ExplainedError } from "../process/explained-error";
import { runNode } from "../process/run-command";
import { bundlePrograms } from "./bundle";
import { makeBaseEnvironment } from "./environment";
import { ROOT } from "./home";
import { hashSources } from "./source-hash";

const BUILD_ID = join(ROOT, ".next", "BUILD_ID");
const STAMP = join(ROOT, ".next", "kytkin-build.json");
const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

const stampSchema = z.object({ sources: z.string(), buildId: z.string() });

/** The hash of what the present build was made from; null when there is none, or somebody built without us since. */
function findBuiltSources(): string | null {
  if (!existsSync(BUILD_ID) || !existsSync(STAMP)) return null;
  try {
    const stamp = stampSchema.parse(JSON.parse(readFileSync(STAMP, "utf8")));
    return stamp.buildId === readFileSync(BUILD_ID, "utf8") ? stamp.sources : null;
  } catch {
    return null;
  }
}

/** Bundles the programs, and builds the web app unless the present build is of these very sources; true when it built that. Throws in words. */
export async function ensureBuilt(signal?: AbortSignal): Promise<boolean> {
  await bundlePrograms();
  const sources = await hashSources(ROOT);
  if (findBuiltSources() === sources) return false;
  const { code, stdout, stderr } = await runNode({
    args: [NEXT, "build"],
    cwd: ROOT,
    env: makeBaseEnvironment(),
    signal,
  });
  if (code !== 0)
    throw new ExplainedError(
      `The web app could not be built (exit code ${code}):\n${stdout}${stderr}`.trim(),
    );
  await writeFile(STAMP, JSON.stringify({ sources, buildId: readFileSync(BUILD_ID, "utf8") }));
  return true;
}
