import fc from "fast-check";
import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { AcceptanceRecord } from "@/components/flow/acceptance/acceptance-record";
import { ChangedStep } from "@/components/flow/changed/changed-step";
import { ReviewStep } from "@/components/flow/review/review-step";
import { answer, render } from "@/components/render-screen.fixture";
import { acceptance, integration, names } from "@/components/screens.fixture";
import { seedIntegrations } from "@/db/seed-content";
import { goIntegration } from "@/db/seed-content-go";
import type { ChangedView } from "@/lib/activation/draft/schema";
import { SPECIFICATION_FIELDS } from "@/lib/catalogue/integration/fields";
import { arrange, inLanguage, listChangedFields } from "@/lib/catalogue/integration/read-content";
import type { ShownContent, SpecificationContent } from "@/lib/catalogue/integration/schema";
import { TEXT_LANGUAGES } from "@/lib/catalogue/integration/texts";
import type { Locale } from "@/lib/core/locales";
import { en, fi, nb } from "@/messages";
import { anyChange } from "@/testing/fixtures/any-content";

/** Whole pages are rendered many times. */
const SLOW = { timeout: 120_000 };

const seeds = [...seedIntegrations("https://partner.example"), goIntegration];

/** The record's page for a content, its hashes held still so that only the words can differ. */
function showRecord(content: ShownContent, locale: Locale = "en"): string {
  const rights = content.technicalUser.rights.map((right) => ({ ...right, isWrite: false }));
  const view = { ...acceptance, content, rights };
  return render(h(AcceptanceRecord, { view, statusHref: "/status" }), locale);
}

function showReview(content: ShownContent, locale: Locale = "en"): string {
  const view = { ...integration, specification: { ...integration.specification, content } };
  return render(h(ReviewStep, { view, viewerEmail: null, acceptance: null, acceptTerms: answer }), locale);
}

function showChanges(
  before: ShownContent,
  after: ShownContent,
  fields: ChangedView["differences"][number]["field"][],
) {
  const view: ChangedView = {
    linkToken: "t",
    connectorId: "example",
    connectorName: "Example Ledger",
    partnerName: names.partnerName,
    specificationId: "s",
    contentHash: "h",
    language: "en",
    content: after,
    differences: fields.map((field) => ({ field, before, after })),
  };
  return render(h(ChangedStep, { view, reviewHref: "/review", acceptTerms: answer }));
}

const arranged = (content: SpecificationContent) => arrange(inLanguage(content, "en"), "");
const sidesOf = (html: string) =>
  [...html.matchAll(/<dd class="text-sm">(.*?)<\/dd>/gs)].map(([, side]) => side);

describe("whatever differs in a specification is on the pages", () => {
  test("the acceptance record shows every difference", SLOW, () => {
    fc.assert(
      fc.property(anyChange, ([before, after]) => {
        const differs = listChangedFields(before, after, "en").length > 0;
        expect(showRecord(arranged(before)) !== showRecord(arranged(after))).toBe(differs);
      }),
      { numRuns: 40 },
    );
  });

  test("the review shows every difference but that of two free prices", SLOW, () => {
    fc.assert(
      fc.property(anyChange, ([before, after]) => {
        fc.pre(![before, after].every(({ price }) => price.kind === "known" && price.amountMinor === 0));
        const differs = listChangedFields(before, after, "en").length > 0;
        expect(showReview(arranged(before)) !== showReview(arranged(after))).toBe(differs);
      }),
      { numRuns: 40 },
    );
  });

  test("“changed since you started” has two sides that differ, for each difference", SLOW, () => {
    fc.assert(
      fc.property(anyChange, ([before, after]) => {
        const fields = listChangedFields(before, after, "en");
        if (fields.length === 0) return;
        const sides = sidesOf(showChanges(arranged(before), arranged(after), fields));
        expect(sides).toHaveLength(2 * fields.length);
        for (const [index] of fields.entries()) expect(sides[2 * index]).not.toBe(sides[2 * index + 1]);
      }),
      { numRuns: 100 },
    );
  });

  test("two values that read the same are told apart by what is stored", () => {
    const [first] = seeds;
    if (!first) throw new Error("no seed");
    const before = inLanguage(first.content, "en");
    const after = { ...before, support: { ...before.support, url: null, phone: null } };
    const twice = { ...before, support: { ...after.support, email: "support@partner.example" } };
    const [old, now] = sidesOf(showChanges(after, { ...twice, support: { ...twice.support } }, ["support"]));
    expect(old).toContain("support@partner.example");
    expect(old).toContain("{&quot;email&quot;");
    expect(now).toContain("{&quot;email&quot;");
  });
});

describe.each(TEXT_LANGUAGES)("in %s", (locale) => {
  test.each(seeds)("$slug has all of its words", ({ content }) => {
    const shown = inLanguage(content, locale);
    expect(JSON.stringify(shown), "the portal says company").not.toMatch(/environment(?!")/);
    expect(new Set(Object.values(shown.languages))).toEqual(new Set([locale]));
    for (const html of [showRecord(shown, locale), showReview(shown, locale)]) {
      expect(html).toContain(shown.summary);
    }
  });
});

describe("a text that is missing in the reader's language", () => {
  const [first] = seeds;
  if (!first) throw new Error("no seed");
  const { terms } = first.content;
  const content = { ...first.content, terms: { ...terms, body: { en: "Terms." } } };

  test("is shown in the main one, with its language in words and in the markup", () => {
    for (const [locale, only, sentence] of [
      ["fi", "Englanniksi", "Ehdot ovat englanniksi."],
      ["nb", "På engelsk", "Vilkårene er på engelsk."],
    ] as const) {
      const html = showReview(inLanguage(content, locale), locale);
      expect(html).toMatch(/<section[^>]* lang="en"[^>]*>.*Terms\./s);
      expect(html).toContain(`>${only}<`);
      expect(html).toContain(sentence);
      expect(html).toContain(`lang="${locale}"`);
    }
    const english = showReview(inLanguage(content, "en"));
    expect(english).not.toContain(">In English<");
    expect(english).not.toContain("The terms are in English.");
  });

  test("has an empty lang where the language was never declared, and no claim about it", () => {
    const html = showReview(integration.specification.content, "fi");
    expect(html).toContain('lang="en"');
    const undeclared = { ...integration.specification.content };
    const languages = Object.fromEntries(Object.keys(undeclared.languages).map((field) => [field, "und"]));
    const shown = { ...undeclared, languages: { ...undeclared.languages, ...languages } };
    expect(showReview(shown, "fi")).toContain('lang=""');
    expect(showReview(shown, "fi")).not.toMatch(/>(Englanniksi|Suomeksi)</);
  });
});

test("how often data moves is said in the reader's language, by number and unit", () => {
  const [first] = seeds;
  if (!first) throw new Error("no seed");
  expect(showReview(inLanguage(first.content, "fi"), "fi")).toContain("15 minuutin välein");
  expect(showReview(inLanguage(first.content, "nb"), "nb")).toContain("hvert 15. minutt");
  expect(showReview(inLanguage(first.content, "da"), "da")).toContain("inden for 10 minutter");
  const hourly = { kind: "every", count: 1, unit: "hour" } as const;
  const dataFlows = first.content.dataFlows.map((flow) => ({ ...flow, frequency: hourly }));
  expect(showReview(inLanguage({ ...first.content, dataFlows }, "sv"), "sv")).toContain("en gång i timmen");
  expect(showReview(inLanguage(first.content, "en"))).toContain("within 10 minutes");
});

test("every field has a label in every language", () => {
  const fields = Object.keys(SPECIFICATION_FIELDS).sort();
  for (const messages of [en, fi, nb])
    expect(Object.keys(messages.specification.fields).sort()).toEqual(fields);
});
