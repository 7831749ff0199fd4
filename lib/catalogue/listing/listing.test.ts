import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, integrations, specifications } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { Locale } from "@/lib/core/locales";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { makeSpecificationContent, type TestContent } from "@/testing/fixtures/specification";
import { specificationContent } from "../integration/schema";
import { mapTexts } from "../integration/texts";
import type { IntegrationKind } from "./kinds";
import { findListed, listCatalogue, listForSitemap } from "./queries";
import { canonicalLocale, ownLanguages, readPlace, readWords, writePlace } from "./rules";
import { type CatalogueFilter, catalogueQuery } from "./schema";
import { listForOperator, setListing } from "./set-listing";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type Made = { kind?: IntegrationKind; connector?: { id: string; name: string }; isListed?: boolean };

async function make(
  content: Partial<TestContent>,
  { kind = "other", connector, isListed = true }: Made = {},
): Promise<TestIntegration> {
  const made = await createIntegration(database, { content, ...(connector && { connector }) });
  await database.admin.orm
    .update(integrations)
    .set({ isListed, kind })
    .where(eq(integrations.id, made.integrationId));
  return made;
}

const catalogue = (filter: CatalogueFilter = {}, after?: string, locale: Locale = "en") =>
  withScope(database.web, { kind: "public" }, (tx) => listCatalogue(tx, locale, filter, readPlace(after)));
const find = (slug: string, locale: Locale = "en") =>
  withScope(database.web, { kind: "public" }, (tx) => findListed(tx, slug, locale));
const namesOf = (view: { cards: { name: string }[] }) => view.cards.map(({ name }) => name);
const names = async (filter: CatalogueFilter) => namesOf(await catalogue(filter));

describe("a public catalogue", () => {
  let hidden: TestIntegration;
  beforeAll(async () => {
    await make({ name: "Ålands Ärenden", summary: "Moves receipts, and no more." }, { kind: "expenses" });
    await make(
      { name: "Billing (fast)", summary: "Orders become invoices." },
      { kind: "orders", connector: { id: "superoffice", name: "SuperOffice" } },
    );
    await make({ name: "Cash", summary: "Payments come back." }, { kind: "payments" });
    hidden = await make({ name: "Hidden", summary: "Receipts." }, { isListed: false });
    const withdrawn = await make({ name: "Withdrawn", summary: "Receipts." });
    await database.admin.orm
      .update(specifications)
      .set({ state: "deprecated" })
      .where(eq(specifications.integrationId, withdrawn.integrationId));
  });

  test("holds what is marked and published, by name", async () => {
    const view = await catalogue();
    expect(namesOf(view)).toEqual(["Billing (fast)", "Cash", "Ålands Ärenden"]);
    expect(view).toMatchObject({ count: 3, next: null, kinds: ["orders", "expenses", "payments"] });
    expect(view.vendors.map(({ id }) => id)).toEqual(["procountor", "superoffice"]);
    expect(await find(hidden.slug)).toBeNull();
  });

  test.each([
    [{ q: "bill" }, ["Billing (fast)"]],
    [{ q: "FAST" }, ["Billing (fast)"]],
    // Accents are no hindrance, on either side.
    [{ q: "arenden aland" }, ["Ålands Ärenden"]],
    [{ q: "ärenden" }, ["Ålands Ärenden"]],
    // Each word, by its beginning: in the summary, in the vendor's name.
    [{ q: "receipts no" }, ["Ålands Ärenden"]],
    [{ q: "superoff" }, ["Billing (fast)"]],
    [{ q: "invoices cash" }, []],
    [{ q: "ceipts" }, []],
    [{ q: "%" }, ["Billing (fast)", "Cash", "Ålands Ärenden"]],
    [{ q: "_ash" }, []],
    [{ q: "' or true --" }, []],
    [{ vendor: "superoffice" }, ["Billing (fast)"]],
    [{ kind: "expenses" }, ["Ålands Ärenden"]],
    [{ kind: "expenses", vendor: "superoffice" }, []],
  ] satisfies [CatalogueFilter, string[]][])("narrowed by %j", async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
    expect((await catalogue(filter)).count).toBe(expected.length);
  });

  test("goes on where a page ended, through names that are alike", async () => {
    for (let at = 0; at < 30; at += 1) await make({ name: at % 2 ? "Same" : "same" }, { kind: "documents" });
    const first = await catalogue({ kind: "documents" });
    expect(first.cards).toHaveLength(24);
    const second = await catalogue({ kind: "documents" }, first.next ?? undefined);
    expect(second).toMatchObject({ count: 30, next: null });
    const slugs = [...first.cards, ...second.cards].map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(30);
  });
});

describe("languages", () => {
  test("a page is an original in the languages that are whole, and elsewhere names the partner's first", async () => {
    const made = await make({ name: "Languages" });
    const content = makeSpecificationContent({ name: "Languages" });
    const inBoth = (text: object) => ({ ...text, fi: "suomeksi" });
    await publishSpecification(
      database,
      { id: made.integrationId, partnerId: made.partner.id, slug: made.slug },
      specificationContent.parse(mapTexts(content, inBoth)),
    );
    expect(await find(made.slug, "fi")).toMatchObject({
      ownLanguages: ["en", "fi"],
      canonicalLocale: "fi",
      canBegin: true,
      version: 2,
      content: { summary: "suomeksi" },
    });
    expect(await find(made.slug, "sv")).toMatchObject({
      canonicalLocale: "en",
      content: { summary: content.summary.en },
    });
    const entries = await withScope(database.web, { kind: "public" }, (tx) => listForSitemap(tx));
    expect(entries.find(({ slug }) => slug === made.slug)?.locales).toEqual(["en", "fi"]);
  });

  test("one text that is missing makes the language nobody's own", () => {
    const content = makeSpecificationContent();
    const half = { ...content, summary: { ...content.summary, fi: "suomeksi" } };
    expect(ownLanguages(half, ["en", "fi"])).toEqual(["en"]);
    expect(canonicalLocale("sv", [], "und")).toBe("en");
    expect(canonicalLocale("sv", ["fi"], "fi")).toBe("fi");
  });
});

describe("the operator's mark", () => {
  test("puts in and takes out, is recorded once for each change, and nobody else has it", async () => {
    const made = await make({ name: "Marked" }, { isListed: false });
    const operator = await createOperator(database);
    const mark = { integrationId: made.integrationId, isListed: true, kind: "payroll" as const };
    const set = () => asOperator(database, operator, (tx) => setListing(tx, operator.userId, mark));
    await set();
    await set();
    expect(await find(made.slug)).toMatchObject({ kind: "payroll" });
    const recorded = await database.admin.orm
      .select({ detail: auditLog.detail })
      .from(auditLog)
      .where(eq(auditLog.subjectId, made.integrationId));
    expect(recorded).toEqual([{ detail: { isListed: true, kind: "payroll" } }]);
    const all = await asOperator(database, operator, (tx) => listForOperator(tx));
    expect(all.find(({ id }) => id === made.integrationId)).toMatchObject({
      name: "Marked",
      isListed: true,
      version: 1,
    });
    await asOperator(database, operator, (tx) =>
      setListing(tx, operator.userId, { ...mark, isListed: false }),
    );
    expect(await find(made.slug)).toBeNull();
    const stranger = { ...operator, userId: "0190b1f0-0000-7000-8000-000000000001" };
    const attempt = asOperator(database, stranger, (tx) => setListing(tx, stranger.userId, mark));
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
    expect(await find(made.slug)).toBeNull();
  });
});

describe("what stands in an address", () => {
  test("narrows by what is understood, and by nothing else", () => {
    expect(
      catalogueQuery.parse({ q: ["  two\nlines ", "x"], vendor: "nobody", kind: "constructor", after: "!" }),
    ).toEqual({ q: "two lines", vendor: undefined, kind: undefined, after: undefined });
    expect(catalogueQuery.parse({ q: "  ", vendor: "procountor", kind: "orders" })).toMatchObject({
      q: undefined,
      vendor: "procountor",
      kind: "orders",
    });
  });

  test("a place is read as it was written, and nothing else is one", () => {
    const place = { name: "ålands “x”", slug: "x" };
    expect(readPlace(writePlace(place))).toEqual(place);
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const wrong of [
      "",
      "x",
      encoded(["a"]),
      encoded({}),
      encoded([1, 2]),
      encoded(["\0", "a"]),
      "a".repeat(900),
    ])
      expect(readPlace(wrong)).toBeUndefined();
    expect(readWords("Ärenden-på  “Åland”, 2×")).toEqual(["arenden", "pa", "“aland”", "2×"]);
  });
});
