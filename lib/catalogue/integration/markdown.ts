import { Marked, type Token, type Tokens } from "marked";

/**
 * Markdown of partners as a tree of the few things that it may hold. What is no part of this list is no part of the tree: no
 * HTML, no pictures, no addresses but those of web pages and mail. Pages make their own elements of it.
 */
export type MarkdownInline =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis"; inlines: MarkdownInline[] }
  | { kind: "link"; href: string; inlines: MarkdownInline[] };
export type MarkdownBlock =
  | { kind: "heading"; depth: number; inlines: MarkdownInline[] }
  | { kind: "paragraph"; inlines: MarkdownInline[] }
  | { kind: "list"; start: number | null; items: MarkdownBlock[][] }
  | { kind: "quote"; blocks: MarkdownBlock[] }
  | { kind: "code"; text: string }
  | { kind: "rule" }
  | { kind: "table"; head: MarkdownInline[][]; rows: MarkdownInline[][][] };

/** `breaks`: what was written on two lines is shown on two. Texts from before Markdown count on it. */
const marked = new Marked({ gfm: true, breaks: true });

/** Deeper than anybody quotes or indents: a text of signs alone must not exhaust the stack of those who show it. */
const DEEPEST = 8;

export function readMarkdown(text: string): MarkdownBlock[] {
  return readBlocks(marked.lexer(text), 0);
}

function readBlocks(tokens: readonly Token[], depth: number): MarkdownBlock[] {
  return tokens.flatMap((token) => readBlock(token, depth));
}

function readBlock(token: Token, depth: number): MarkdownBlock[] {
  if (depth > DEEPEST) return [{ kind: "paragraph", inlines: [{ kind: "text", text: token.raw.trim() }] }];
  switch (token.type) {
    case "heading":
      return [{ kind: "heading", depth: token.depth, inlines: readInlines(token.tokens ?? [], depth) }];
    case "paragraph":
      return [{ kind: "paragraph", inlines: readInlines(token.tokens ?? [], depth) }];
    // What stands in a list's item without a paragraph of its own.
    case "text":
      return [{ kind: "paragraph", inlines: readInlines([token], depth) }];
    case "list":
      return [readList(token as Tokens.List, depth)];
    case "blockquote":
      return [{ kind: "quote", blocks: readBlocks(token.tokens ?? [], depth + 1) }];
    case "code":
      return [{ kind: "code", text: token.text }];
    case "hr":
      return [{ kind: "rule" }];
    case "table":
      return [readTable(token as Tokens.Table, depth)];
    // Shown as it was written: a partner sees in the preview that it does nothing.
    case "html":
      return [{ kind: "paragraph", inlines: [{ kind: "text", text: token.raw.trim() }] }];
    default:
      return [];
  }
}

function readList({ ordered, start, items }: Tokens.List, depth: number): MarkdownBlock {
  return {
    kind: "list",
    start: ordered ? Number(start) || 1 : null,
    items: items.map((item) => readBlocks(item.tokens, depth + 1)),
  };
}

function readTable({ header, rows }: Tokens.Table, depth: number): MarkdownBlock {
  const cellsOf = (cells: Tokens.TableCell[]) => cells.map(({ tokens }) => readInlines(tokens, depth));
  return { kind: "table", head: cellsOf(header), rows: rows.map(cellsOf) };
}

function readInlines(tokens: readonly Token[], depth: number): MarkdownInline[] {
  return tokens.flatMap((token) => readInline(token, depth));
}

function readInline(token: Token, depth: number): MarkdownInline[] {
  const inner = (): MarkdownInline[] =>
    depth > DEEPEST
      ? [{ kind: "text", text: token.raw }]
      : readInlines("tokens" in token ? (token.tokens ?? []) : [], depth + 1);
  switch (token.type) {
    case "strong":
      return [{ kind: "strong", inlines: inner() }];
    case "em":
      return [{ kind: "emphasis", inlines: inner() }];
    case "del":
      return inner();
    case "codespan":
      return [{ kind: "code", text: token.text }];
    case "br":
      return [{ kind: "break" }];
    case "link":
      return isAddress(token.href) ? [{ kind: "link", href: token.href, inlines: inner() }] : inner();
    // The words in the place of a picture: a foreign one would tell its server who reads.
    case "image":
      return token.text ? [{ kind: "text", text: token.text }] : [];
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? inner() : [{ kind: "text", text: token.text }];
    default:
      return [{ kind: "text", text: token.raw }];
  }
}

/** Others could run something, or name a page of the portal as the partner's own. */
function isAddress(href: string): boolean {
  return URL.canParse(href) && /^(?:https?|mailto):$/.test(new URL(href).protocol);
}
