import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What `next build` reads. A folder or file that does not exist is passed over. */
const SOURCES = [
  "app",
  "components",
  "db",
  "emails",
  "inngest",
  "lib",
  "messages",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const IS_TEST = /\.test\.tsx?$/;

async function listFiles(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return null;
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  if (entries === null) return [path];
  const nested = await Promise.all(entries.map((entry) => listFiles(root, join(path, entry.name))));
  return nested.flat();
}

/** One hash of everything that the web app is built from, tests aside. */
export async function hashSources(root: string): Promise<string> {
  const files = (await Promise.all(SOURCES.map((path) => listFiles(root, path)))).flat();
  const hash = createHash("sha256");
  for (const file of files.filter((path) => !IS_TEST.test(path)).sort()) {
    const content = createHash("sha256")
      .update(await readFile(join(root, file)))
      .digest("hex");
    hash.update(`${file}\0${content}\n`);
  }
  return hash.digest("hex");
}
