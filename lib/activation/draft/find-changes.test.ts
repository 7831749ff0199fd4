import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drafts, specifications, termsAcceptances } from "@/db/schema";
import { withScope } from "@/db/scope";
import { seedIntegrations } from "@/db/seed-content";
import { getAcceptanceView } from "@/lib/activation/request/acceptance-view";
import { contentHash } from "@/lib/catalogue/integration/content-hash";
import { publishSpecification } from "@/lib/catalogue/integration/publish-specification";
import { findLink } from "@/lib/catalogue/integration/queries";
import { readContent } from "@/lib/catalogue/integration/read-content";
import type {
  IntegrationView,
  SpecificationContent,
  StoredContent,
} from "@/lib/catalogue/integration/schema";
import { UNDECLARED } from "@/lib/catalogue/integration/texts";
import { contentVersion1, upgradeVersion1 } from "@/lib/catalogue/integration/version1";
import { sha256 } from "@/lib/core/hash";
import type { Locale } from "@/lib/core/locales";
import { getHome } from "@/lib/operations/home/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { submit } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { acceptTerms } from "./accept-terms";
import { findAcceptance } from "./find-acceptance";
import { findChanges } from "./find-changes";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** What the integration's link shows a reader now. */
async function look({ linkToken }: TestIntegration, locale: Locale): Promise<IntegrationView> {
  const scope = { kind: "public", linkHash: sha256(linkToken) } as const;
  const link = await withScope(database.web, scope, (tx) => findLink(tx, linkToken, locale));
  if (link.kind === "dead") throw new Error(link.view.why);
  return link.view;
}

const publish = (integration: TestIntegration, content: SpecificationContent) =>
  asSystem(makeWorkerContext(database), "test", (tx) =>
    publishSpecification(
      tx,
      { id: integration.integrationId, partnerId: integration.partner.id, slug: integration.slug },
      content,
    ),
  );

async function accept(viewer: Viewer, integration: TestIntegration, locale: Locale): Promise<void> {
  const view = await look(integration, locale);
  const { id: specificationId, contentHash: hash } = view.specification;
  await asCustomer(
    database,
    viewer,
    (tx) => acceptTerms(tx, viewer, view, { specificationId, contentHash: hash, acceptedAt: new Date() }),
    integration.linkToken,
  );
}

async function changesFor(viewer: Viewer, integration: TestIntegration, locale: Locale) {
  const view = await look(integration, locale);
  return asCustomer(database, viewer, (tx) => findChanges(tx, view), integration.linkToken);
}

const english = makeSpecificationContent();
const withFinnish: SpecificationContent = {
  ...english,
  summary: { ...english.summary, fi: "Tekee tilauksista myyntilaskuja." },
};

describe("a language more", () => {
  test("touches nobody who accepted in another one: the draft goes on and is submitted as it was accepted", async () => {
    const integration = await createIntegration(database);
    const viewer = await createViewer(database);
    const { draft } = await prepareDraft(database, viewer, integration);
    await accept(viewer, integration, "en");
    const accepted = integration.specification;
    expect(await publish(integration, withFinnish)).toEqual({ version: 2, isNew: true });
    expect(await changesFor(viewer, integration, "en")).toBeNull();
    const view = await look(integration, "en");
    expect(await asCustomer(database, viewer, (tx) => findAcceptance(tx, view))).toMatchObject({
      acceptedBy: viewer.email,
    });
    const [row] = await database.admin.orm.select().from(drafts).where(eq(drafts.id, draft.id));
    if (!row) throw new Error("no draft");
    const requestId = await submit(database, viewer, { ...integration, ...view }, { draft: row });
    const [consent] = await database.admin.orm
      .select()
      .from(termsAcceptances)
      .where(eq(termsAcceptances.requestId, requestId));
    expect(consent).toMatchObject({
      specificationId: accepted.id,
      contentHash: accepted.contentHash,
      language: "en",
      structureHash: accepted.shown.structureHash,
      languageHash: accepted.shown.languageHash,
    });
    const record = await asCustomer(database, viewer, (tx) => getAcceptanceView(tx, requestId));
    expect(record).toMatchObject({
      language: "en",
      isIntact: true,
      content: { summary: english.summary.en },
    });
  });

  test("is a change to a reader of that language, who had accepted the main one's words", async () => {
    const integration = await createIntegration(database);
    const viewer = await createViewer(database);
    await accept(viewer, integration, "fi");
    await publish(integration, withFinnish);
    const changes = await changesFor(viewer, integration, "fi");
    expect(changes?.differences).toMatchObject([
      {
        field: "summary",
        before: { summary: english.summary.en, languages: { summary: "en" } },
        after: { summary: "Tekee tilauksista myyntilaskuja.", languages: { summary: "fi" } },
      },
    ]);
  });

  test("a reader of another language sees the difference in the language of the acceptance", async () => {
    const integration = await createIntegration(database);
    const viewer = await createViewer(database);
    await accept(viewer, integration, "fi");
    await publish(integration, withFinnish);
    const changes = await changesFor(viewer, integration, "nb");
    expect(changes).toMatchObject({ language: "nb" });
    expect(changes?.differences).toMatchObject([
      { field: "summary", after: { languages: { summary: "fi" } } },
    ]);
  });
});

test("a mistaken edit that is taken back asks nobody to accept an empty page", async () => {
  const integration = await createIntegration(database);
  const viewer = await createViewer(database);
  await accept(viewer, integration, "en");
  await publish(integration, { ...english, cap: 3 });
  expect((await changesFor(viewer, integration, "en"))?.differences).toMatchObject([{ field: "cap" }]);
  expect(await publish(integration, english)).toEqual({ version: 3, isNew: true });
  expect(await changesFor(viewer, integration, "en")).toBeNull();
});

test.each<[string, Partial<SpecificationContent>, string]>([
  [
    "another path of the partner's page",
    {
      partnerSteps: {
        kind: "page",
        title: { en: "Connect" },
        intro: { en: "There." },
        url: "https://partner.example/other",
      },
    },
    "partnerSteps",
  ],
  ["a decision's time, by seconds", { decisionTimeoutSeconds: 3620 }, "decisionTimeoutSeconds"],
  [
    "a data processing agreement",
    { dataProcessingAgreement: { version: "1", updatedOn: "2026-11-01", body: { en: "We process." } } },
    "dataProcessingAgreement",
  ],
])("%s is a difference", async (_, change, field) => {
  const steps = {
    kind: "page",
    title: "Connect",
    intro: "There.",
    url: "https://partner.example/start",
  } as const;
  const integration = await createIntegration(database, { content: { partnerSteps: steps } });
  const viewer = await createViewer(database);
  await accept(viewer, integration, "en");
  await publish(integration, { ...makeSpecificationContent({ partnerSteps: steps }), ...change });
  expect((await changesFor(viewer, integration, "en"))?.differences).toMatchObject([{ field }]);
});

describe("rows of before, in the first shape", () => {
  type Golden = { content: StoredContent };
  const path = fileURLToPath(new URL("../../../testing/golden/specifications-1.json", import.meta.url));
  const stored = only<Golden>(JSON.parse(readFileSync(path, "utf8")).slice(0, 1)).content;

  /** An integration whose published version is one of those rows, and a draft that accepted it without a language. */
  async function createOld() {
    const integration = await createIntegration(database);
    const hash = contentHash({ integrationSlug: integration.slug, version: 1, content: stored });
    const isThis = eq(specifications.id, integration.specification.id);
    await database.admin.orm.update(specifications).set({ content: stored, contentHash: hash }).where(isThis);
    integration.specification = (await look(integration, "fi")).specification;
    const viewer = await createViewer(database);
    const { draft } = await prepareDraft(database, viewer, integration);
    const before = { language: null, structureHash: null, languageHash: null };
    await database.admin.orm.update(drafts).set(before).where(eq(drafts.id, draft.id));
    return { integration, viewer, draft: { ...draft, ...before } };
  }

  test("are read, accepted and submitted, and their record is intact", async () => {
    const { integration, viewer, draft } = await createOld();
    expect(await changesFor(viewer, integration, "fi")).toBeNull();
    const home = await asCustomer(database, viewer, (tx) => getHome(tx, {}, "fi"));
    expect(home.drafts).toMatchObject([{ integrationName: "Esimerkki Orders" }]);
    const requestId = await submit(database, viewer, integration, { draft });
    const record = await asCustomer(database, viewer, (tx) => getAcceptanceView(tx, requestId));
    expect(record).toMatchObject({ language: null, languageHash: null, isIntact: true });
    const later = await asCustomer(database, viewer, (tx) => getHome(tx, {}, "fi"));
    expect(later.integrations).toMatchObject([{ name: "Esimerkki Orders" }]);
    expect(later.requests).toMatchObject([{ integrationName: "Esimerkki Orders" }]);
  });

  test("the same file again is nothing new; the first words in languages are, and are shown", async () => {
    const { integration, viewer } = await createOld();
    const again = upgradeVersion1(contentVersion1.parse(stored), UNDECLARED);
    expect(await publish(integration, again)).toEqual({ version: 1, isNew: false });
    const [row] = await database.admin.orm
      .select()
      .from(specifications)
      .where(eq(specifications.integrationId, integration.integrationId));
    expect(row?.content).toEqual(stored);
    const newest = seedIntegrations("https://partner.example")[0]?.content ?? readContent(stored);
    expect(await publish(integration, newest)).toEqual({ version: 2, isNew: true });
    const changes = await changesFor(viewer, integration, "nb");
    expect(changes?.differences.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["mainLanguage", "summary", "terms", "dataFlows", "dataProcessingAgreement"]),
    );
  });
});
