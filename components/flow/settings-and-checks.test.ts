import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { answer, render } from "@/components/render-screen.fixture";
import { technicalUser } from "@/components/screens.fixture";
import type { PreflightState, PreflightView } from "@/lib/activation/preflight/schema";
import { listChosen } from "@/lib/activation/settings/rules";
import type { SettingValue } from "@/lib/activation/settings/schema";
import type { Setting } from "@/lib/catalogue/integration/schema";
import type { Finding } from "@/lib/connectors/preflight";
import type { Locale } from "@/lib/core/locales";
import { getMessages } from "@/lib/platform/i18n/messages";
import { SettingsStep } from "./settings/settings-step";
import { TechnicalUserStep } from "./technical-user/technical-user-step";

const words = { label: "Label", help: "Help" };
const choices = [
  { value: "a", label: "First" },
  { value: "b", label: "Second" },
];
const SETTINGS: Setting[] = [
  { ...words, name: "flow", type: "choice", choices, default: "a" },
  { ...words, name: "paid", type: "switch", default: false },
  { ...words, name: "days", type: "number", min: 1, max: 30, required: false },
  { ...words, name: "mark", type: "text", maxLength: 5, required: true },
  { ...words, name: "numbers", type: "number_range", required: false },
];

function showSettings(given: Record<string, string> = {}): string {
  const view = {
    linkToken: "t",
    integrationName: "Orders",
    partnerName: "Esimerkki Oy",
    connectorName: "PowerOffice Go",
    settings: SETTINGS,
    language: "en" as const,
    given,
    environmentCount: 2,
  };
  const hrefs = { environments: "/environments", handOver: "/hand-over" };
  return render(h(SettingsStep, { view, hrefs, chooseSettings: answer }));
}

test("each type of setting has its control, filled with what was chosen before", () => {
  const given = {
    flow: "b",
    paid: "on",
    days: "14",
    mark: "K-1",
    "numbers.from": "100",
    "numbers.to": "199",
  };
  const html = showSettings(given);
  expect(html).toContain('<option value="b" lang="en" selected="">Second</option>');
  expect(html).toMatch(/name="paid"[^>]*checked=""/);
  for (const name of ["days", "mark", "numbers.from", "numbers.to"])
    expect(html).toMatch(new RegExp(`name="${name}"[^>]*value="${Reflect.get(given, name)}"`));
  expect(html).toContain("A whole number from 1 to 30.");
});

test("the settings lead back to the companies, and on to a colleague", () => {
  const html = showSettings();
  expect(html).toMatch(/href="\/environments"[^>]*>Change the companies</);
  expect(html).toMatch(/href="\/hand-over"[^>]*>Hand over to a colleague</);
  expect(html).toContain("Lack the rights in PowerOffice Go");
});

const finding = (code: Finding["code"], isBlocking = true): Finding => ({
  code,
  isBlocking,
  subjects: ["A-3"],
  found: ["10000–19999"],
  answer: {
    status: 400,
    messages: ["Closed period"],
    operation: "GET /Products",
    at: "2026-03-02T08:00:00Z",
  },
});

function checked(state: PreflightState, findings: Finding[] = []): PreflightView {
  return {
    environments: [
      { candidateId: "c", name: "Yritys Oy", businessId: null, state, findings, foreseen: null },
    ],
    isRunning: state === "waiting",
    isBlocked: state === "blocked",
  };
}

const LOCALES = ["en", "fi", "nb", "sv", "da"] as const;
const requirements = { customerNumbers: { setting: "numbers" } };

function show(
  preflight: PreflightView,
  locale: Locale = "en",
  numbers: SettingValue = { from: 100, to: 199 },
): string {
  const view = {
    ...technicalUser,
    connector: { id: "poweroffice-go", name: "PowerOffice Go", rightsEnforcedBy: "vendor" as const },
    settings: listChosen({ settings: SETTINGS, requirements }, { numbers }),
    preflight,
  };
  const hrefs = { environments: "/environments", settings: "/settings", handOver: "/hand-over" };
  return render(h(TechnicalUserStep, { view, hrefs, checkAgain: answer, submitRequest: answer }), locale);
}
const submitIsOff = (html: string) =>
  /<button[^>]*disabled=""[^>]*>(?:(?!<\/button>).)*Submit for/s.test(html);

describe("the checks before the submission", () => {
  test("hold the button back while they run and while something blocks, and no longer", () => {
    expect(submitIsOff(show(checked("waiting")))).toBe(true);
    expect(submitIsOff(show(checked("blocked", [finding("product_missing")])))).toBe(true);
    expect(submitIsOff(show(checked("warned", [finding("email_missing", false)])))).toBe(false);
    expect(submitIsOff(show(checked("unchecked")))).toBe(false);
    expect(submitIsOff(show(checked("fine")))).toBe(false);
  });

  test("show what was chosen, and the vendor's own words", () => {
    const html = show(checked("blocked", [finding("refused")]));
    expect(html).toContain("100–199");
    expect(html).toContain("Closed period");
  });

  test.each(LOCALES)("say who numbers the customers when no numbers were given, in %s", (locale) => {
    const words = getMessages(locale).vendors["poweroffice-go"].settings.numberedByVendor;
    expect(show(checked("fine"), locale, null)).toContain(words.replace("{connector}", "PowerOffice Go"));
  });

  test.each(LOCALES)("say what to do about each finding in %s", (locale) => {
    const { preflight, vendors } = getMessages(locale);
    const own = vendors["poweroffice-go"].preflight.findings;
    const codes = [...new Set([...Object.keys(preflight.findings), ...Object.keys(own)])];
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes)
      expect(show(checked("blocked", [finding(code)]), locale)).toContain("Yritys Oy");
  });
});
