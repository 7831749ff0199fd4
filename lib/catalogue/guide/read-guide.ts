import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { marked, type Token } from "marked";
import { anchorOf } from "./anchor";
import { readPictureSize } from "./picture-size";
import type { Guide, GuidePictureFile, GuideToken } from "./schema";

/** The set-up guides lie beside the other documents: a folder for each connector, a file for each language, pictures below. */
const FOLDER = join(process.cwd(), "docs", "guides");
const NAME = /^[a-z][a-z0-9-]*$/;
const PICTURE = /^[a-z][a-z0-9-]*\.[a-z]{2}(\.dark)?\.webp$/;
/** `<!-- helps with: canceled, token_missing -->` before a heading; nobody sees it where the document is read as such. */
const HELPS_WITH = /^<!-- helps with: ([a-z_, ]+) -->\s*$/;

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** A picture of a guide; null when there is none of that name. */
export async function findGuideImage(connectorId: string, name: string): Promise<Buffer | null> {
  if (!NAME.test(connectorId) || !PICTURE.test(name)) return null;
  return readIfThere(join(FOLDER, connectorId, "images", name));
}

/** HTML in a guide is not shown. */
function isKnown(token: Token): token is GuideToken {
  return token.type !== "html";
}

/** Leaves HTML out, but for what it says of the heading after it. */
function readMarks(tokens: readonly Token[]): GuideToken[] {
  let helpsWith: string[] | undefined;
  return tokens.flatMap((token): GuideToken[] => {
    if (!isKnown(token)) {
      helpsWith = HELPS_WITH.exec(token.raw)?.[1]
        ?.split(",")
        .map((code) => code.trim());
      return [];
    }
    if (token.type !== "heading") return [token];
    const heading = { ...token, helpsWith };
    helpsWith = undefined;
    return [heading];
  });
}

async function findPictures(connectorId: string, tokens: Token[]): Promise<void> {
  await Promise.all(
    marked.walkTokens(tokens, async (token) => {
      if (token.type !== "image") return;
      const name = basename(token.href);
      const picture = await findGuideImage(connectorId, name);
      const size = picture && readPictureSize(picture);
      if (!size) return;
      const light = `/guides/${connectorId}/images/${name}`;
      const file: GuidePictureFile = { light, dark: light.replace(/\.webp$/, ".dark.webp"), size };
      Object.assign(token, { file });
    }),
  );
}

function listContents(tokens: readonly GuideToken[]): Guide["contents"] {
  const contents: Guide["contents"] = [];
  for (const token of tokens) {
    if (token.type !== "heading") continue;
    const section = { anchor: anchorOf(token.text), title: token.text };
    if (token.depth <= 2) contents.push({ ...section, sections: [] });
    else contents.at(-1)?.sections.push(section);
  }
  return contents;
}

/** A connector's set-up guide in a language; null when there is none. */
export async function findGuide(connectorId: string, locale: string): Promise<Guide | null> {
  if (!NAME.test(connectorId) || !NAME.test(locale)) return null;
  const text = await readIfThere(join(FOLDER, connectorId, `${locale}.md`));
  if (text === null) return null;
  const parsed = marked.lexer(text.toString("utf8"));
  await findPictures(connectorId, parsed);
  const all = readMarks(parsed);
  const title = all.find((token) => token.type === "heading" && token.depth === 1);
  const tokens = all.filter((one) => one !== title);
  return {
    connectorId,
    title: title?.type === "heading" ? title.text : connectorId,
    tokens,
    contents: listContents(tokens),
  };
}
