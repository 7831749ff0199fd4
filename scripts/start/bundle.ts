import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./home";

/** Where the bundles are, as far below the root as their sources: both find what stands beside them. */
const DIST = join(ROOT, "dist");

export const bundleOf = (name: string): string => join(DIST, `${name}.mjs`);

type Manifest = { scripts: Record<string, string>; dependencies: Record<string, string> };

export const readManifest = (): Manifest => JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The programs of an installation, as `package.json` names them: `start-worker`, `migrate` and the commands. */
export const listPrograms = (): string[] =>
  Object.values(readManifest().scripts).flatMap(
    (line) => /^node scripts\/run\.mjs (\S+)$/.exec(line)?.[1] ?? [],
  );

/**
 * Each program as one file of JavaScript with its source map; packages stay where npm has them. One file each: a program that
 * runs has read all of its own, and building again takes nothing away from it. Takes less than a second. Gives what they import.
 */
export async function bundlePrograms(): Promise<string[]> {
  const programs = listPrograms();
  const { metafile } = await build({
    entryPoints: programs.map((name) => ({ in: join(ROOT, "scripts", `${name}.ts`), out: name })),
    absWorkingDir: ROOT,
    outdir: DIST,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    jsx: "automatic",
    sourcemap: true,
    logLevel: "warning",
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return [...new Set(imported)].sort();
}

export const removeBundles = (): Promise<void> => rm(DIST, { recursive: true, force: true });
