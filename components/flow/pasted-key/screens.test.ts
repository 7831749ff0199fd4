import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { answer, render } from "@/components/render-screen.fixture";
import { environments } from "@/components/screens.fixture";
import { PASTED_KEY_REFUSALS, type PastedKeyView, type PasteGuide } from "@/lib/activation/pasted-key/schema";
import { anOption } from "../environments/environment-option.fixture";
import { KeyCheck } from "./key-check";
import { PasteKeyStep } from "./paste-key-step";
import { PastedCompany } from "./pasted-company";
import { KeyNotWanted, RecoverHeading } from "./recover";

const CONNECTORS = [
  { id: "procountor", name: "Procountor" },
  { id: "poweroffice-go", name: "PowerOffice Go" },
];
const guideOf = (connector: { id: string; name: string }, applicationKey: string | null): PasteGuide => ({
  connector,
  integrationName: "Orders to invoices",
  partnerName: "Esimerkki Software Oy",
  supportEmail: "support@example.com",
  applicationKey,
  language: "en",
  rights: [{ path: "sales.customerRegister", level: "ALL_RIGHTS", reason: "Adds customers.", isWrite: true }],
  canLogIn: connector.id === "procountor",
});
const stepOf = (guide: PasteGuide) =>
  h(PasteKeyStep, {
    guide,
    pasteKey: answer,
    logIn: answer,
    isLoginUnfinished: true,
    hidden: { linkToken: "example-token" },
    back: { href: "/back", to: "environments" },
  });
const checkOf = (connector: { id: string; name: string }, view: Partial<PastedKeyView>) =>
  h(KeyCheck, {
    view: { id: "key", state: "refused", refusedBecause: null, finding: {}, vendorAnswer: null, ...view },
    connector,
    expectedName: "Esimerkkikahvila Oy",
    hrefs: { again: "/again", requests: "/requests" },
  });

describe.each(["da", "en", "fi", "nb", "sv"] as const)("in %s", (locale) => {
  test.each(CONNECTORS)("the guide of $name has the menus of the vendor's own screens", (connector) => {
    const html = render(stepOf(guideOf(connector, "application-key-1")), locale);
    expect(html).toContain(
      connector.id === "procountor"
        ? "Allow only M2M login to API"
        : "Meny → Administrer → Innstillinger → Utvidelser",
    );
    expect(html).toContain("application-key-1");
    expect(html).toContain('type="password"');
    expect(html).toContain('autoComplete="off"');
    expect(html.includes('id="login"')).toBe(connector.id === "procountor");
  });

  test.each(CONNECTORS)("every refusal has words for $name", (connector) => {
    for (const refusedBecause of PASTED_KEY_REFUSALS) {
      const finding = { environmentName: "Toinen Yritys Oy", requestId: "request" };
      const html = render(checkOf(connector, { refusedBecause, finding }), locale);
      expect(html).toContain('href="/again"');
      expect(html).toContain('href="/requests/request"');
      if (refusedBecause === "other_company") expect(html).toContain("Toinen Yritys Oy");
    }
  });

  test("the check, the company and the way back have words", () => {
    const [connector = { id: "", name: "" }] = CONNECTORS;
    expect(render(checkOf(connector, { state: "checking" }), locale)).toContain('role="status"');
    const company = h(PastedCompany, {
      view: environments,
      option: anOption({ candidateId: "a", name: null, businessId: null, externalId: "15501" }),
      selectEnvironments: answer,
    });
    expect(render(company, locale)).toContain("15501");
    const activation = {
      activationId: "activation",
      integrationId: "integration",
      requestId: "request",
      environmentName: "Esimerkkikahvila Oy",
      businessId: null,
      isWanted: true,
      isChecking: false,
      guide: guideOf(connector, null),
    };
    expect(render(h(RecoverHeading, { activation }), locale)).toContain("Esimerkkikahvila Oy");
    expect(render(h(KeyNotWanted, { requestHref: "/request" }), locale)).toContain('href="/request"');
  });
});

test("without an application key to enter there is nothing to copy", () => {
  const [, go = { id: "", name: "" }] = CONNECTORS;
  expect(render(stepOf(guideOf(go, null)))).not.toContain("Application key to enter");
});

test("rights that are missing are named in the words of the rights' page", () => {
  const [procountor = { id: "", name: "" }] = CONNECTORS;
  const finding = { rights: [{ path: "sales.customerRegister", level: "ALL_RIGHTS" }] };
  const html = render(checkOf(procountor, { refusedBecause: "rights_missing", finding }));
  expect(html).toContain("<li>");
  expect(html).not.toContain("sales.customerRegister");
});
