import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { marked, type Token } from "marked";
import type { Guide, GuideToken } from "./schema";

/** The set-up guides lie beside the other documents, one folder for each connector and a file for each language. */
const FOLDER = join(process.cwd(), "docs", "guides");
const IMAGES = join(process.cwd(), "docs", "images");
const NAME = /^[a-z][a-z0-9-]*$/;

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** HTML in a guide is not shown. */
function isKnown(token: Token): token is GuideToken {
  return token.type !== "html";
}

/** A connector's set-up guide in a language; null when there is none. */
export async function findGuide(connectorId: string, locale: string): Promise<Guide | null> {
  if (!NAME.test(connectorId) || !NAME.test(locale)) return null;
  const text = await readIfThere(join(FOLDER, connectorId, `${locale}.md`));
  if (text === null) return null;
  const tokens = marked.lexer(text.toString("utf8")).filter(isKnown);
  const title = tokens.find((token) => token.type === "heading" && token.depth === 1);
  return {
    title: title?.type === "heading" ? title.text : connectorId,
    tokens: tokens.filter((one) => one !== title),
  };
}

/** A picture of a guide; null when there is none of that name. */
export async function findGuideImage(name: string): Promise<Buffer | null> {
  return /^[a-z][a-z0-9-]*\.png$/.test(name) ? readIfThere(join(IMAGES, name)) : null;
}
