import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { answer, render } from "@/components/render-screen.fixture";
import { environments, integration, names, technicalUser } from "@/components/screens.fixture";
import type { DepartureView } from "@/lib/activation/grant/schema";
import { DeadLink } from "./dead-link/dead-link";
import { Departure } from "./departure/departure";
import { EnvironmentsStep } from "./environments/environments-step";
import { PartnerStepsStep } from "./partner-steps/partner-steps-step";
import { ReviewStep } from "./review/review-step";
import { aRequest } from "./status/request-view.fixture";
import { TechnicalUserStep } from "./technical-user/technical-user-step";

describe("review", () => {
  const step = (props: object) =>
    render(
      h(ReviewStep, {
        view: integration,
        viewerEmail: "a@example.com",
        acceptance: null,
        acceptTerms: answer,
        ...props,
      }),
    );
  test("shows what is accepted and sends the version and hash that were shown", () => {
    const html = step({});
    expect(html).toContain("€12.90");
    expect(html).toContain("15 January 2026");
    expect(html).toContain(`value="${integration.specification.contentHash}"`);
  });
  test("says before that it will ask for an e-mail address", () => {
    expect(step({ viewerEmail: null })).toContain("send you a sign-in link");
  });
  test("an accepted version is not accepted twice", () => {
    const acceptance = {
      acceptedAt: "2026-03-01T00:00:00Z",
      acceptedBy: "a@example.com",
      continueHref: "/next",
    };
    const html = step({ acceptance });
    expect(html).toContain('href="/next"');
    expect(html).not.toContain("<form");
  });
  test("a right without words shows the vendor's own path", () => {
    expect(step({})).toContain("sales.invoices");
  });
});

describe("environments", () => {
  const step = (view: object) =>
    render(
      h(EnvironmentsStep, {
        view: { ...environments, ...view },
        actions: { beginConsent: answer, removeConsent: answer, selectEnvironments: answer },
        shareUrl: "http://localhost/a/example-token",
        handOverHref: "/a/example-token/hand-over",
      }),
    );
  test("only what can be ticked and is ticked gets sent", () => {
    expect([...step({}).matchAll(/name="candidateIds" value="([^"]+)"/g)].map(([, id]) => id)).toEqual(["a"]);
  });
  test("environments in flight lower the limit", () => {
    expect(step({})).toContain("1 of 18 ticked");
  });
  test.each([
    [{ state: "needed" }, "Continue in Example Ledger"],
    [
      { state: "reading", grantId: "grant", vendorAnswer: null },
      "Reading your companies from Example Ledger",
    ],
    [{ ...environments.consent, withoutKey: ["Esimerkki Oy"] }, "no key that works for 1 company"],
    [{ state: "expired", keysFrom: "decision" }, "has expired"],
    [{ state: "expired", keysFrom: "customer" }, "Your key was kept for a day"],
  ])("consent %j", (consent, words) => {
    expect(step({ consent })).toContain(words);
  });
  test("an unknown price says whom to ask", () => {
    expect(step({ price: { kind: "unknown" } })).toContain("Ask Esimerkki Software Oy");
  });
  test.each([[[]], [environments.options.filter((option) => option.blocked !== null)]])(
    "without rights anywhere it offers the link for a colleague",
    (options) => {
      const html = step({ options });
      expect(html).toContain("Copy the link for a colleague");
      expect(html).not.toContain("candidateIds");
    },
  );
});

describe("on the way to the vendor", () => {
  const page = (view: DepartureView) =>
    render(h(Departure, { view, linkToken: "example-token", beginConsent: answer }));
  const { connectorName } = names;
  const vendorAnswer = {
    status: 400,
    messages: ["No."],
    operation: "POST /begin",
    at: "2026-03-02T08:29:00Z",
  };
  test("what the vendor said stands beside our words, while it is asked and when it refused", () => {
    expect(page({ state: "preparing", connectorName, vendorAnswer: null })).not.toContain(
      "does not do its part",
    );
    const preparing = page({ state: "preparing", connectorName, vendorAnswer });
    expect(preparing).toContain("Example Ledger does not do its part right now.");
    const refused = page({ state: "refused", connectorName, vendorAnswer });
    expect(refused).toContain("It did not tell us where to send you. Nothing is activated.");
    for (const html of [preparing, refused]) expect(html).toContain("POST /begin");
  });
});

test("technical user: the total price, the rest of the environments and what is declined", () => {
  const html = render(
    h(TechnicalUserStep, {
      view: technicalUser,
      hrefs: { environments: "/environments", settings: "/settings", handOver: "/hand-over" },
      checkAgain: answer,
      submitRequest: answer,
    }),
  );
  expect(html).toContain("€90.30");
  expect(html).toContain("Show 2 more");
  expect(html).toContain("2 companies that you did not tick are declined");
});

describe("partner steps", () => {
  const step = (request: Parameters<typeof aRequest>[0]) =>
    render(
      h(PartnerStepsStep, {
        request: aRequest(request),
        submitForm: answer,
        openPageUrl: "/api/requests/1/open",
        statusHref: "/status",
      }),
    );
  test("the form asks every question of the specification", () => {
    const field = { label: "Question", help: "Help", required: true, maxLength: 50, choices: [] };
    const fields = (["text", "email", "choice"] as const).map((type) => ({
      ...field,
      type,
      name: `a_${type}`,
    }));
    const html = step({ partnerSteps: { kind: "form", title: "Questions", intro: "Please.", fields } });
    for (const { name } of fields) expect(html).toContain(`name="${name}"`);
  });
  test.each([true, false])(
    "the partner's page opens in a tab that cannot reach ours (opened before: %s)",
    (done) => {
      const partnerSteps = {
        kind: "page",
        title: "Page",
        intro: "Please.",
        url: "https://partner.example/start",
      } as const;
      const html = step({ partnerSteps, isPartnerStepDone: done });
      const [form = ""] = html.match(/<form[^>]*>/) ?? [];
      for (const attribute of [
        'method="post"',
        'action="/api/requests/1/open"',
        'target="_blank"',
        'rel="noopener"',
      ]) {
        expect(form).toContain(attribute);
      }
      expect(html).toContain("follows by itself");
    },
  );
});

test.each(["unknown", "withdrawn", "expired", "unpublished"] as const)("a link that is %s", (why) => {
  const support = { email: "support@example.com", url: null };
  const known = { why, partnerName: names.partnerName, integrationName: names.integrationName, support };
  expect(render(h(DeadLink, { view: known, catalogueHref: "/" }))).toContain("mailto:support@example.com");
  const stray = { why, partnerName: null, integrationName: null, support: null };
  expect(render(h(DeadLink, { view: stray, catalogueHref: "/" }))).not.toContain("mailto:");
});
