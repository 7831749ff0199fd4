import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import type { CatalogueView, ListedCard, ListedIntegration } from "@/lib/catalogue/listing/schema";
import { LOCALES } from "@/lib/core/locales";
import { getMessages } from "@/lib/platform/i18n/messages";
import { render } from "../render-screen.fixture";
import { integration } from "../screens.fixture";
import { Catalogue } from "./catalogue";
import { CataloguePage } from "./catalogue-page";
import { IntegrationPage } from "./integration-page";

const card: ListedCard = {
  slug: "orders",
  name: "Orders",
  summary: "Orders become invoices.",
  language: "en",
  kind: "orders",
  stage: "test",
  partnerName: "Esimerkki Software Oy",
  connector: { id: "procountor", name: "Procountor" },
};
const view: CatalogueView = {
  cards: [card],
  count: 30,
  next: "abc",
  vendors: [
    { id: "procountor", name: "Procountor" },
    { id: "superoffice", name: "SuperOffice" },
  ],
  kinds: ["orders", "invoices"],
};
const nothing: CatalogueView = { ...view, cards: [], count: 0, next: null };
const listed: ListedIntegration = {
  slug: "orders",
  kind: "orders",
  stage: "production",
  partner: { name: "Esimerkki Software Oy", websiteUrl: "https://partner.example" },
  connector: { ...integration.connector, id: "procountor", name: "Procountor" },
  version: 3,
  publishedOn: "2026-03-02",
  content: integration.specification.content,
  ownLanguages: ["en"],
  canonicalLocale: "en",
  canBegin: true,
};

describe.each(LOCALES)("in %s", (locale) => {
  const words = getMessages(locale);
  const page = (filter: object, of: CatalogueView = view, isContinued = false) =>
    render(h(CataloguePage, { href: `/${locale}`, filter, isContinued, view: of }), locale);

  test("the catalogue is narrowed by addresses that keep what was chosen, and goes on from page to page", () => {
    const html = page({ q: "order", vendor: "procountor" });
    expect(html).toContain(`href="/${locale}/integrations/orders"`);
    // Another system keeps the word, all systems drop only the system.
    expect(html).toContain(`href="/${locale}?q=order&amp;vendor=superoffice"`);
    expect(html).toContain(`href="/${locale}?q=order"`);
    expect(html).toContain(`href="/${locale}?q=order&amp;vendor=procountor&amp;kind=invoices"`);
    expect(html).toContain(`href="/${locale}?q=order&amp;vendor=procountor&amp;after=abc"`);
    expect(html).toContain('name="vendor" value="procountor"');
    expect(html).toContain(`action="/${locale}"`);
    expect(page({}, view, true)).toContain(words.catalogue.first);
    expect(page({}, view)).not.toContain(words.catalogue.first);
  });

  test("an empty catalogue says so, and an empty search how to go on", () => {
    expect(page({}, { ...nothing, vendors: [], kinds: [] })).toContain(words.site.catalogue.empty.title);
    const html = page({ q: "nothing" }, nothing);
    expect(html).toContain(words.catalogue.none.title);
    expect(html).toContain(words.catalogue.filter.clear);
    expect(render(h(Catalogue, { cards: [], count: 0, href: `/${locale}` }), locale)).toContain(
      words.site.catalogue.empty.title,
    );
  });

  test("an integration's page has everything that a customer would accept, and leads to its review", () => {
    const hrefs = { catalogue: `/${locale}`, begin: "/integrations/orders" };
    const html = render(h(IntegrationPage, { listed, hrefs }), locale);
    const { content } = listed;
    for (const said of [
      content.summary,
      content.technicalUser.username,
      content.support.email,
      words.review.dataFlows.title,
      words.review.terms.title,
      'href="/integrations/orders"',
      `href="/guides/procountor"`,
    ])
      expect(html).toContain(said);
    expect(html).not.toContain("<form");
    const closed = render(h(IntegrationPage, { listed: { ...listed, canBegin: false }, hrefs }), locale);
    expect(closed).not.toContain('href="/integrations/orders"');
  });
});
