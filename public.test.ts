import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import nextConfig from "./next.config";
import { config } from "./proxy";

const PUBLIC = join(import.meta.dirname, "public");
const FILES = readdirSync(PUBLIC).map((name) => `/${name}`);

const read = (path: string): Buffer => readFileSync(join(PUBLIC, path));

/** Width and height of a PNG, from its first chunk. */
function readPngSize(png: Buffer): string {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test("no file that browsers ask for by themselves goes through the proxy, and every page does", () => {
  const goesThrough = new RegExp(`^${config.matcher[0]?.source}$`);
  // Crawlers read what is made for them: it names the addresses of this installation.
  const made = ["/robots.txt", "/sitemap.xml"];
  expect([...FILES, ...made].filter((path) => goesThrough.test(path))).toEqual([]);
  for (const path of ["/", "/home", "/a/token", "/icon.svgx", "/robots.txt/home", "/faviconXico"])
    expect(goesThrough.test(path), path).toBe(true);
});

test("each of them may be kept for a day", async () => {
  const rules = (await nextConfig.headers?.()) ?? [];
  const kept = rules.filter(({ headers }) =>
    headers.some(({ key, value }) => key === "Cache-Control" && value === "public, max-age=86400"),
  );
  expect(kept.map(({ source }) => source).sort()).toEqual(FILES.sort());
});

test("favicon.ico holds three sizes, and each entry leads to a PNG of its size", () => {
  const ico = read("favicon.ico");
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = ico.subarray(6 + 16 * index);
    const offset = entry.readUInt32LE(12);
    const size = readPngSize(ico.subarray(offset, offset + entry.readUInt32LE(8)));
    expect(size).toBe(`${entry[0]}x${entry[1]}`);
    return size;
  });
  expect(sizes).toEqual(["16x16", "32x32", "48x48"]);
});

test("the icon for iOS is there in the size that it shows", () => {
  expect(readPngSize(read("apple-touch-icon.png"))).toBe("180x180");
});

test("every icon of the manifest exists and is as large as it says", () => {
  const icon = z.object({ src: z.string(), sizes: z.string(), type: z.string() });
  const { icons } = z
    .object({ name: z.literal("Kytkin"), icons: z.array(icon).min(3) })
    .parse(JSON.parse(read("manifest.webmanifest").toString("utf8")));
  for (const { src, sizes, type } of icons)
    if (type === "image/png") expect(readPngSize(read(src)), src).toBe(sizes);
    else expect(read(src).toString("utf8"), src).toContain("<svg");
});
