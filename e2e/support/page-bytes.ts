import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../../scripts/start/home";

const SERVED = join(ROOT, ".next");
const PAGES = join(SERVED, "server", "app");
const MANIFEST = "page_client-reference-manifest.js";

export type PageBytes = {
  /** As Next names it, e.g. `(portal)/requests/[id]`. */
  page: string;
  /** Scripts of a first visit, compressed. */
  scriptBytes: number;
};

/** What Next's build says that each page brings, read from its manifests. Needs a build. */
export async function readPageBytes(): Promise<PageBytes[]> {
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (script: string) => {
    const known = sizes.get(script);
    if (known) return known;
    const size = readFile(join(SERVED, script)).then((bytes) => gzipSync(bytes).length);
    sizes.set(script, size);
    return size;
  };
  const files = (await readdir(PAGES, { recursive: true })).filter((file) => file.endsWith(MANIFEST));
  return Promise.all(
    files.map(async (file) => {
      const page = dirname(file);
      const manifest = await readFile(join(PAGES, file), "utf8");
      const { rootMainFiles }: { rootMainFiles: string[] } = JSON.parse(
        await readFile(join(PAGES, page, "page", "build-manifest.json"), "utf8"),
      );
      const scripts = new Set([...rootMainFiles, ...(manifest.match(/static\/chunks\/[\w.~-]+\.js/g) ?? [])]);
      const each = await Promise.all([...scripts].map(sizeOf));
      return {
        page: page.split(sep).join("/"),
        scriptBytes: each.reduce((sum, size) => sum + size, 0),
      };
    }),
  );
}
