import { Fragment, type ReactNode } from "react";
import { type MarkdownBlock, type MarkdownInline, readMarkdown } from "@/lib/catalogue/integration/markdown";

function Address({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target={href.startsWith("mailto:") ? undefined : "_blank"}
      rel="nofollow ugc noopener noreferrer"
      className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
    >
      {children}
    </a>
  );
}

function Inline({ inline }: { inline: MarkdownInline }): ReactNode {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "break":
      return <br />;
    case "code":
      return <code className="rounded bg-surface px-1 py-0.5 text-[0.9em] wrap-anywhere">{inline.text}</code>;
    case "strong":
      return (
        <strong className="font-semibold">
          <Inlines inlines={inline.inlines} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.inlines} />
        </em>
      );
    case "link":
      return (
        <Address href={inline.href}>
          <Inlines inlines={inline.inlines} />
        </Address>
      );
  }
}

function Inlines({ inlines }: { inlines: readonly MarkdownInline[] }) {
  return inlines.map((inline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text are not moved
    <Fragment key={index}>
      <Inline inline={inline} />
    </Fragment>
  ));
}

function TableBlock({ head, rows }: Extract<MarkdownBlock, { kind: "table" }>) {
  const cell = "border border-line px-2.5 py-1.5 text-left align-top";
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr>
            {head.map((inlines, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table are not moved
              <th key={index} scope="col" className={`${cell} font-semibold`}>
                <Inlines inlines={inlines} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a table are not moved
            <tr key={row}>
              {cells.map((inlines, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table are not moved
                <td key={index} className={cell}>
                  <Inlines inlines={inlines} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ListBlock({ start, items }: Extract<MarkdownBlock, { kind: "list" }>) {
  const listed = items.map((blocks, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the items of a list are not moved
    <li key={index} className="space-y-2 pl-1">
      <Blocks blocks={blocks} />
    </li>
  ));
  // A list item that is a grid has no marker: numbers of clauses would be gone.
  const looks = "space-y-2 pl-6 marker:text-ink-soft";
  return start === null ? (
    <ul className={`${looks} list-disc`}>{listed}</ul>
  ) : (
    <ol start={start} className={`${looks} list-decimal`}>
      {listed}
    </ol>
  );
}

function Block({ block }: { block: MarkdownBlock }): ReactNode {
  switch (block.kind) {
    // Below the headings of the page around it, whatever the text thinks of itself.
    case "heading":
      return block.depth <= 2 ? (
        <h3 className="pt-2 font-semibold">
          <Inlines inlines={block.inlines} />
        </h3>
      ) : (
        <h4 className="pt-1 font-medium">
          <Inlines inlines={block.inlines} />
        </h4>
      );
    case "paragraph":
      return (
        <p>
          <Inlines inlines={block.inlines} />
        </p>
      );
    case "list":
      return <ListBlock {...block} />;
    case "quote":
      return (
        <blockquote className="grid gap-2 border-l-2 border-line-strong pl-3">
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "code":
      return (
        <p className="rounded bg-surface px-2.5 py-2 font-mono text-[0.9em] whitespace-pre-wrap">
          {block.text}
        </p>
      );
    case "rule":
      return <hr className="border-line" />;
    case "table":
      return <TableBlock {...block} />;
  }
}

function Blocks({ blocks }: { blocks: readonly MarkdownBlock[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text are not moved
    <Fragment key={index}>
      <Block block={block} />
    </Fragment>
  ));
}

/** A text that somebody else wrote in Markdown, made of our own elements only. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="grid gap-3">
      <Blocks blocks={readMarkdown(text)} />
    </div>
  );
}
