import type { Token } from "marked";
import { Fragment, type ReactNode } from "react";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import { anchorOf } from "@/lib/catalogue/guide/anchor";
import type { GuideToken } from "@/lib/catalogue/guide/schema";
import { GuidePicture } from "./guide-picture";

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
      return <GuidePicture picture={token} />;
    case "br":
      return <br />;
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? <Tokens tokens={token.tokens} /> : token.text;
    default:
      return null;
  }
}

/** The codes are anchors too, the same in every language: messages of the portal lead to the section that helps. */
function Heading({ token }: { token: Extract<GuideToken, { type: "heading" }> }) {
  const Tag = token.depth <= 2 ? "h2" : "h3";
  return (
    <Tag
      id={anchorOf(token.text)}
      className={
        token.depth <= 2
          ? "mt-4 scroll-mt-6 border-t border-line pt-6 text-xl font-semibold tracking-tight"
          : "scroll-mt-6 pt-3 font-semibold"
      }
    >
      {token.helpsWith?.map((code) => (
        <span key={code} id={code} className="scroll-mt-6" />
      ))}
      <Tokens tokens={token.tokens} />
    </Tag>
  );
}

function Block({ token }: { token: GuideToken }): ReactNode {
  switch (token.type) {
    case "heading":
      return <Heading token={token} />;
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
    <div className="grid gap-4 leading-relaxed [&>h2:first-child]:mt-0 [&>h2:first-child]:border-t-0 [&>h2:first-child]:pt-0">
      <Tokens tokens={tokens} />
    </div>
  );
}
