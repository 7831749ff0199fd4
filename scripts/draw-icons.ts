import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { BROWSER_FLAGS, getBrowser } from "../e2e/support/browser";

/*
 * Draws the picture files in `public/` from `public/icon.svg`, the product's mark, with the browser that the tests use:
 * `npm run icons` after a change of the mark. The files are committed; a build needs no browser.
 */
const PUBLIC = join(import.meta.dirname, "..", "public");

/** Sizes in one favicon.ico: a tab, a tab on a dense screen, a shortcut. */
const FAVICON_SIZES = [16, 32, 48];
/** Systems cut icons into shapes of their own: the mark stays within the inner 80 %, on the mark's own white. */
const PADDED = { scale: 0.7, background: "#ffffff" };
const BARE = { scale: 1, background: "transparent" };

async function drawPng(browser: Browser, svg: string, size: number, style: typeof PADDED): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
  const width = Math.round(size * style.scale);
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${style.background}">` +
      `<img src="${source}" width="${width}" height="${width}" style="display:block">`,
  );
  await page.waitForFunction(() => document.images[0]?.complete);
  const png = await page.screenshot({ type: "png", omitBackground: style.background === "transparent" });
  await page.close();
  return png;
}

const DIRECTORY_BYTES = 6;
const ENTRY_BYTES = 16;

/** One .ico of several PNGs: a directory, one entry for each picture, then the pictures. */
function packIco(pictures: { size: number; png: Buffer }[]): Buffer {
  const directory = Buffer.alloc(DIRECTORY_BYTES);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = DIRECTORY_BYTES + ENTRY_BYTES * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(ENTRY_BYTES);
    entry.writeUInt8(size, 0);
    entry.writeUInt8(size, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([directory, ...entries, ...pictures.map(({ png }) => png)]);
}

const svg = await readFile(join(PUBLIC, "icon.svg"), "utf8");
const { executablePath } = await getBrowser();
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
try {
  const pictures = [];
  for (const size of FAVICON_SIZES) pictures.push({ size, png: await drawPng(browser, svg, size, BARE) });
  await writeFile(join(PUBLIC, "favicon.ico"), packIco(pictures));
  await writeFile(join(PUBLIC, "apple-touch-icon.png"), await drawPng(browser, svg, 180, PADDED));
  for (const size of [192, 512])
    await writeFile(join(PUBLIC, `icon-${size}.png`), await drawPng(browser, svg, size, PADDED));
} finally {
  await browser.close();
}
console.log("Drawn: public/favicon.ico, apple-touch-icon.png, icon-192.png, icon-512.png.");
