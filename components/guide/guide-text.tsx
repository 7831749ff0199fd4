import type { Token } from "marked";
import { Fragment, type ReactNode } from "react";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import type { GuideToken } from "@/lib/guide/schema";

/** Pictures lie beside the documents in the repository and have an address of their own here. */
function imageAddress(href: string): string {
  return `/guides/images/${href.split("/").at(-1) ?? ""}`;
}

/** `Client key refused` → `client-key-refused`, as repositories make a heading's anchor. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
}

function TextAddress({ href, children }: { href: string; children: ReactNode }) {
  if (/^https?:/.test(href)) return <OutsideLink href={href}>{children}</OutsideLink>;
  return href.startsWith("#") || href.startsWith("/") ? (
    <TextLink href={href}>{children}</TextLink>
  ) : (
    children
  );
}

/** Text within a line. What is neither of these is shown as it was written. */
function Inline({ token }: { token: GuideToken }): ReactNode {
  switch (token.type) {
    case "strong":
      return (
        <strong className="font-semibold">
          <Tokens tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Tokens tokens={token.tokens} />
        </em>
      );
    case "codespan":
      return <code className="rounded bg-sunken px-1 py-0.5 text-[0.9em] wrap-anywhere">{token.text}</code>;
    case "link":
      return (
        <TextAddress href={token.href}>
          <Tokens tokens={token.tokens} />
        </TextAddress>
      );
    case "image":
      return (
        // biome-ignore lint/performance/noImgElement: a picture of a document, already small and at a stable address
        <img
          src={imageAddress(token.href)}
          alt={token.text}
          loading="lazy"
          className="my-1 block h-auto w-full max-w-xl rounded-lg border border-line"
        />
      );
    case "br":
      return <br />;
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? <Tokens tokens={token.tokens} /> : token.text;
    default:
      return null;
  }
}

function Block({ token }: { token: GuideToken }): ReactNode {
  switch (token.type) {
    case "heading": {
      const Heading = token.depth <= 2 ? "h2" : "h3";
      return (
        <Heading
          id={anchorOf(token.text)}
          className={
            token.depth <= 2
              ? "scroll-mt-6 pt-4 text-xl font-semibold tracking-tight"
              : "scroll-mt-6 pt-2 font-semibold"
          }
        >
          <Tokens tokens={token.tokens} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Tokens tokens={token.tokens} />
        </p>
      );
    case "list": {
      const List = token.ordered ? "ol" : "ul";
      return (
        <List
          className={`grid gap-2 pl-5 marker:text-ink-soft ${token.ordered ? "list-decimal" : "list-disc"}`}
        >
          {token.items.map((item) => (
            <li key={item.raw} className="pl-1">
              <Tokens tokens={item.tokens} />
            </li>
          ))}
        </List>
      );
    }
    case "blockquote":
      return (
        <blockquote className="grid gap-2 rounded-lg border border-line bg-sunken px-4 py-3 text-sm">
          <Tokens tokens={token.tokens} />
        </blockquote>
      );
    default:
      return <Inline token={token} />;
  }
}

/** Raw HTML and whatever else has no place here is left out: the text is made of our own elements only. */
function Tokens({ tokens = [] }: { tokens?: readonly Token[] }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text of a document never moves
    <Fragment key={index}>{isGuideToken(token) && <Block token={token} />}</Fragment>
  ));
}

function isGuideToken(token: Token): token is GuideToken {
  return token.type !== "html";
}

/** A guide's text. */
export function GuideText({ tokens }: { tokens: readonly GuideToken[] }) {
  return (
    <div className="grid max-w-prose gap-4">
      <Tokens tokens={tokens} />
    </div>
  );
}
