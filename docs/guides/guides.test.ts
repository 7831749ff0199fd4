import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { anchorOf, GuideText } from "@/components/guide/guide-text";
import { getConnector } from "@/lib/connectors/registry";
import { findGuide, findGuideImage } from "@/lib/guide/read-guide";

const LOCALES = ["en", "fi", "nb", "sv", "da"];
const connectors = readdirSync("lib/connectors", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`lib/connectors/${entry.name}/manifest.ts`))
  .map(({ name }) => getConnector(name).manifest.id);
const guides = connectors.flatMap((connector) => LOCALES.map((locale) => [connector, locale] as const));

async function render(connector: string, locale: string): Promise<string> {
  const guide = await findGuide(connector, locale);
  if (!guide) throw new Error(`no guide for ${connector} in ${locale}`);
  return renderToStaticMarkup(createElement(GuideText, { tokens: guide.tokens }));
}

test.each(guides)(
  "the guide for %s is there in %s, with pictures that exist and links that lead somewhere",
  async (connector, locale) => {
    const html = await render(connector, locale);
    const anchors = [...html.matchAll(/id="([^"]+)"/g)].map((match) => match[1]);
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g))
      expect(anchors).toContain(decodeURI(anchor ?? ""));
    const pictures = [...html.matchAll(/src="([^"]+)"/g)].map((match) => basename(match[1] ?? ""));
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) expect(await findGuideImage(picture), picture).not.toBeNull();
  },
);

test.each(connectors)("the guides for %s tell the same in every language", async (connector) => {
  const shapeOf = (locale: string) =>
    readFileSync(`docs/guides/${connector}/${locale}.md`, "utf8")
      .split("\n")
      .map((line) => /^(#+|\d+\.|-|\s+!\[|!\[)/.exec(line)?.[1] ?? (line === "" ? "" : "text"));
  for (const locale of LOCALES) expect(shapeOf(locale), locale).toEqual(shapeOf("en"));
});

test("HTML and addresses that are no links come to nothing", () => {
  const text = (raw: string) => ({ type: "text" as const, raw, text: raw, escaped: false });
  const link = {
    type: "link" as const,
    raw: "",
    href: "javascript:alert(1)",
    title: null,
    text: "",
    tokens: [text("here")],
  };
  const html = {
    type: "html" as const,
    raw: "",
    pre: false,
    block: false,
    text: "<script>alert(1)</script>",
  };
  const paragraph = { type: "paragraph" as const, raw: "", text: "", tokens: [html, link] };
  expect(renderToStaticMarkup(createElement(GuideText, { tokens: [paragraph] }))).toContain("<p>here</p>");
});

test.each(["../../package", "poweroffice-go/../procountor", "nothing"])("%s is no guide", async (name) => {
  expect(await findGuide(name, "en")).toBeNull();
});

test.each(["../package.json", "..%2f", "status.svg", "nothing.png"])("%s is no picture", async (name) => {
  expect(await findGuideImage(name)).toBeNull();
});

test("anchors are those of repositories", () => {
  expect(anchorOf("Når noe er galt?")).toBe("når-noe-er-galt");
});
