import { describe, expect, test } from "vitest";
import { createFlowMailWords } from "@/lib/platform/i18n/messages";
import { renderRequestSettledMail } from "./request-settled-mail";

const LOCALES = ["da", "en", "fi", "nb", "sv"] as const;

const render = (states: string[], locale: (typeof LOCALES)[number] = "en") =>
  renderRequestSettledMail({
    locale,
    words: createFlowMailWords(locale),
    integration: "Orders to invoices",
    partner: "Esimerkki Software Oy",
    isCopy: false,
    takesBack: null,
    connector: "Example Ledger",
    support: "support@partner.example",
    statusUrl: "https://portal.example/requests/1",
    acceptanceUrl: "https://portal.example/requests/1/acceptance",
    environments: states.map((state) => ({ name: "Yritys Oy", businessId: null, state, reason: null })),
  });

describe("where the answer was lost", () => {
  test("it is not told as a failure", () => {
    const { subject, text } = render(["unknown"]);
    expect(subject).toBe("Orders to invoices: one company for you to check");
    expect(text).toContain("We do not know yet whether Orders to invoices was activated\n");
    expect(text).toContain("- Yritys Oy: Not known yet");
    expect(text).not.toMatch(/did not succeed|failed/i);
  });
  test("what is active beside it is not taken for all", () => {
    const { subject, text } = render(["active", "unknown", "unknown"]);
    expect(subject).toBe("Orders to invoices: 2 companies for you to check");
    expect(text).toContain("was activated everywhere");
  });
  test("a failure beside it is told", () => {
    expect(render(["failed", "unknown"]).text).toContain("did not succeed");
  });
});

test.each(LOCALES)("one company that failed is not counted, in %s", (locale) => {
  expect(render(["failed"], locale).subject).not.toMatch(/\d/);
});

test("several are counted", () => {
  expect(render(["failed", "active"]).subject).toBe("Orders to invoices: 1 of 2 companies active");
});
