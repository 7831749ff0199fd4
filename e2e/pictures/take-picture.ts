import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { Locale } from "@/lib/core/locales";

const GUIDES = join(import.meta.dirname, "..", "..", "docs", "guides");
const LOCALES: readonly Locale[] = ["en", "fi", "nb", "sv", "da"];
const LOOKS = ["light", "dark"] as const;
/** A little over what the guide's column takes, so that the text stays sharp on good screens. */
const SCALE = 1.5;
const QUALITY = 0.7;
/** Around what is shown, in CSS pixels. */
const MARGIN = 16;

export type Picture = {
  connector: string;
  name: string;
  /** What of the page is shown. */
  of: (page: Page) => Locator;
  /** What a reader would have done on the page by then. */
  prepare?: (page: Page) => Promise<void>;
  /** Cuts off what is below, in CSS pixels. */
  maxHeight?: number;
};

/** The page that is open, as the same person sees it in each language, in light and in dark. */
export async function takePictures(browser: Browser, page: Page, picture: Picture): Promise<void> {
  const storageState = await page.context().storageState();
  for (const locale of LOCALES)
    for (const colorScheme of LOOKS) {
      const context = await browser.newContext({
        storageState,
        locale,
        colorScheme,
        viewport: page.viewportSize(),
        deviceScaleFactor: SCALE,
        timezoneId: "Europe/Oslo",
        reducedMotion: "reduce",
      });
      const reader = await context.newPage();
      await reader.goto(page.url());
      await picture.prepare?.(reader);
      const file = await toWebp(context.newPage(), await shoot(reader, picture));
      await writeFile(fileOf(picture, locale, colorScheme), file);
      await context.close();
    }
}

function fileOf({ connector, name }: Picture, locale: Locale, look: (typeof LOOKS)[number]): string {
  return join(GUIDES, connector, "images", `${name}.${locale}${look === "dark" ? ".dark" : ""}.webp`);
}

async function shoot(page: Page, { of, maxHeight = 640 }: Picture): Promise<Buffer> {
  // A page that comes in parts may put another element in the place of the first.
  const box = await expect
    .poll(() => of(page).boundingBox(), { message: "what the picture shows" })
    .not.toBeNull()
    .then(() => of(page).boundingBox());
  if (!box) throw new Error("what the picture shows has gone");
  const clip = {
    x: Math.max(0, box.x - MARGIN),
    y: Math.max(0, box.y - MARGIN),
    width: box.width + 2 * MARGIN,
    height: Math.min(box.height, maxHeight) + 2 * MARGIN,
  };
  return page.screenshot({ fullPage: true, clip, animations: "disabled" });
}

/** The browser can write WebP, a third of the size of PNG. */
export async function toWebp(opening: Promise<Page>, png: Buffer): Promise<Buffer> {
  const page = await opening;
  const encoded = await page.evaluate(
    async ([data, quality]) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = document.createElement("canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d", { alpha: false })?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/webp", quality);
    },
    [png.toString("base64"), QUALITY] as const,
  );
  return Buffer.from(encoded.replace(/^data:image\/webp;base64,/, ""), "base64");
}
