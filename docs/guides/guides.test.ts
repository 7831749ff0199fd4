import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { GuideText } from "@/components/guide/guide-text";
import { anchorOf } from "@/lib/catalogue/guide/anchor";
import { findGuide, findGuideImage } from "@/lib/catalogue/guide/read-guide";
import type { Guide } from "@/lib/catalogue/guide/schema";
import { COMMON_OUTCOMES } from "@/lib/connectors/consent";
import { getConnector } from "@/lib/connectors/registry";
import * as messages from "@/messages";

const LOCALES = ["en", "fi", "nb", "sv", "da"];
const connectors = readdirSync("lib/connectors", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`lib/connectors/${entry.name}/manifest.ts`))
  .map(({ name }) => getConnector(name).manifest.id);
/** Beside those of the connectors, guides of what every vendor has. */
const TOPICS = ["sftp"];
const guides = connectors.flatMap((connector) => LOCALES.map((locale) => [connector, locale] as const));
const allGuides = [
  ...guides,
  ...TOPICS.flatMap((topic) => LOCALES.map((locale) => [topic, locale] as const)),
];

async function read(connector: string, locale: string): Promise<Guide> {
  const guide = await findGuide(connector, locale);
  if (!guide) throw new Error(`no guide for ${connector} in ${locale}`);
  return guide;
}
const render = ({ tokens }: Pick<Guide, "tokens">) =>
  renderToStaticMarkup(createElement(GuideText, { tokens }));

test.each(allGuides)(
  "the guide for %s is there in %s, with pictures that exist and links that lead somewhere",
  async (connector, locale) => {
    const guide = await read(connector, locale);
    const html = render(guide);
    const anchors = [...html.matchAll(/id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g))
      expect(anchors).toContain(decodeURI(anchor ?? ""));
    for (const { anchor, sections } of guide.contents)
      for (const listed of [anchor, ...sections.map((section) => section.anchor)])
        expect(anchors).toContain(listed);
    const written = readFileSync(`docs/guides/${connector}/${locale}.md`, "utf8").match(/!\[/g) ?? [];
    const shown = [...html.matchAll(/<img src="([^"]+)" alt="[^"]{5,}" width="\d+" height="\d+"/g)];
    expect(shown, "each in light and in dark").toHaveLength(written.length * 2);
    for (const [, address = ""] of shown) {
      const [, , of = "", , name = ""] = address.split("/");
      expect(name).toContain(`.${locale}.`);
      expect(await findGuideImage(of, name), address).not.toBeNull();
    }
  },
);

/** The codes that the guide has a section for, whatever its language. */
async function listHelp(connector: string, locale: string): Promise<string[]> {
  const { tokens } = await read(connector, locale);
  return tokens.flatMap((token) => (token.type === "heading" ? (token.helpsWith ?? []) : []));
}

test.each(guides)(
  "messages lead to the same sections of the guide for %s in %s",
  async (connector, locale) => {
    const help = await listHelp(connector, locale);
    expect(help).toEqual(await listHelp(connector, "en"));
    const { pastedKey, manifest } = getConnector(connector);
    const whatCanBe = [
      "credential_refused",
      ...(manifest.rightsEnforcedBy === "vendor" ? ["rights_missing"] : []),
      ...(pastedKey ? ["not_accepted"] : []),
      ...Object.keys(manifest.refusals),
    ];
    expect(help).toEqual(expect.arrayContaining(whatCanBe));
  },
);

test("the guide for PowerOffice Go helps with every outcome of the return and with whatever blocks a submission", async () => {
  const help = await listHelp("poweroffice-go", "en");
  const outcomes = [...COMMON_OUTCOMES, ...Object.keys(getConnector("poweroffice-go").manifest.refusals)];
  expect(help).toEqual(expect.arrayContaining([...outcomes, "answer_lost", "nothing_granted"]));
  const blocking = ["module_missing", "privilege_missing", "series_missing", "numbers_outside_series"];
  const products = ["product_missing", "product_without_account", "ehf_not_registered"];
  expect(help).toEqual(expect.arrayContaining([...blocking, ...products]));
});

test("the guide for Procountor helps with a key that is refused, and names the buttons that the portal has", async () => {
  const refusals = ["login_failed", "other_company", "wrong_product", "natural_person"];
  expect(await listHelp("procountor", "en")).toEqual(expect.arrayContaining(refusals));
  for (const [locale, { connectionPage, pastedKey, ui }] of Object.entries(messages)) {
    const guide = readFileSync(`docs/guides/procountor/${locale}.md`, "utf8");
    const buttons = [pastedKey.entry.link, pastedKey.recover.link, ui.tryAgain, connectionPage.check.again];
    for (const button of [...buttons, connectionPage.deactivate.confirm])
      expect(guide, locale).toContain(`**${button}**`);
  }
});

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
  expect(render({ tokens: [paragraph] })).toContain("<p>here</p>");
});

test.each(["../../package", "poweroffice-go/../procountor", "nothing"])("%s is no guide", async (name) => {
  expect(await findGuide(name, "en")).toBeNull();
});

test.each(["../en.md", "..%2f", "status.svg", "nothing.en.webp"])("%s is no picture", async (name) => {
  expect(await findGuideImage("poweroffice-go", name)).toBeNull();
});

test("anchors are those of repositories", () => {
  expect(anchorOf("Når noe er galt?")).toBe("når-noe-er-galt");
});
