import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { type AcceptanceView, ATTENTION_CAUSES, FAILURE_REASONS } from "@/lib/activation/schema";
import type { ChangedField } from "@/lib/draft/schema";
import { GRANT_REFUSALS, type GrantRefusal } from "@/lib/draft/states";
import { en as messages } from "@/messages";
import { CheckYourMail } from "./auth/check-your-mail";
import { ConfirmSignIn } from "./auth/confirm-sign-in";
import { SignInForm } from "./auth/sign-in-form";
import { SignInProblem } from "./auth/sign-in-problem";
import { AcceptanceRecord } from "./flow/acceptance/acceptance-record";
import { ChangedStep } from "./flow/changed/changed-step";
import { DeadLink } from "./flow/dead-link/dead-link";
import { EnvironmentsStep } from "./flow/environments/environments-step";
import { FlowFrame } from "./flow/flow-frame";
import { PartnerStepsStep } from "./flow/partner-steps/partner-steps-step";
import { ReviewStep } from "./flow/review/review-step";
import { LiveRequest } from "./flow/status/live-request";
import { anActivation, aRequest, aSettledRequest } from "./flow/status/request-view.fixture";
import { TechnicalUserStep } from "./flow/technical-user/technical-user-step";
import { ConfirmInitiator } from "./flow/vendor-return/confirm-initiator";
import { VendorReturn } from "./flow/vendor-return/vendor-return";
import type { VendorReturnProps } from "./flow/vendor-return/vendor-return-props";
import { Home } from "./home/home";
import { render } from "./render-screen.fixture";
import { acceptance, environments, home, integration, technicalUser } from "./screens.fixture";
import { ErrorPanel } from "./shell/error-panel";
import { SiteFooter } from "./shell/site-footer";
import { SiteHeader } from "./shell/site-header";
import { Catalogue } from "./site/catalogue";
import { Hero } from "./site/hero";
import { type FormState, IDLE_FORM } from "./ui/form-state";

const answer = async (): Promise<FormState> => IDLE_FORM;
const plain = async () => {};
const names = {
  integrationName: "Orders to invoices",
  partnerName: "Esimerkki Software Oy",
  connectorName: "Example Ledger",
};
const signInHref = "/sign-in";

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
        actions: { beginConsent: answer, selectEnvironments: answer },
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
    [{ state: "reading", grantId: "grant" }, "Reading your companies from Example Ledger"],
    [{ state: "expired", source: "consent" }, "has expired"],
    [{ state: "expired", source: "pasted" }, "Your key was kept for a day"],
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

describe("status", () => {
  const actions = { cancelRequest: answer, retryRequest: answer };
  const hrefs = {
    home: "/home",
    review: "/a/token",
    partnerSteps: "/partner-steps",
    acceptance: "/acceptance",
    signIn: signInHref,
  };
  const page = (request: ReturnType<typeof aRequest>) => render(h(LiveRequest, { request, actions, hrefs }));
  test("while it waits: for whom, until when, and that the page may be closed", () => {
    const html = page(aRequest());
    expect(html).toContain("Waiting for Esimerkki Software Oy");
    expect(html).toContain("2 Mar 2026, 09:00 UTC");
    expect(html).toContain("You can close this page");
    expect(html).toContain("Cancel the request");
  });
  test("a company that was activated leads to its connection, live or ended, and no other does", () => {
    const ended = anActivation("active", { connectionId: "of-it", hasEnded: true });
    const activations = [ended, anActivation("failed", { failureReason: "vendor_expired" })];
    const html = page(aSettledRequest(["active", "failed"], { activations }));
    expect(html.match(/href="\/connections\/[^"]*"/g)).toEqual(['href="/connections/of-it"']);
  });
  test.each(["customer", "vendor"] as const)("waiting for the %s", (waitingFor) => {
    expect(page(aRequest({ waitingFor }))).toContain("<h1");
  });
  test.each(FAILURE_REASONS)("a failure for %s says what to do", (failureReason) => {
    const vendorAnswer = {
      status: null,
      messages: [],
      operation: "PUT /example",
      at: "2026-03-02T08:00:00Z",
    };
    const html = page(
      aSettledRequest(["failed"], {
        retryableCount: 1,
        activations: [anActivation("failed", { failureReason, vendorAnswer })],
      }),
    );
    expect(html).toContain("Try again for 1 company");
    expect(html).toContain("What Example Ledger said");
  });
  test.each(ATTENTION_CAUSES)("an active one with %s is marked", (attention) => {
    expect(
      page(aSettledRequest(["active"], { activations: [anActivation("active", { attention })] })),
    ).toContain("Needs attention");
  });
  test("repeated rejection points to the partner's support, with the partner's reason", () => {
    const activations = [anActivation("rejected", { rejectionReason: "No <contract> yet." })];
    const html = page(aSettledRequest(["rejected"], { rejectedInARow: 2, activations }));
    expect(html).toContain("Talk to Esimerkki Software Oy before you try again");
    expect(html).toContain("No &lt;contract&gt; yet.");
  });
  test.each(["not_yet", "delayed", "sent"] as const)("the e-mail is %s", (mail) => {
    expect(page(aSettledRequest(["timed_out", "active"], { mail }))).toContain("Active in 1 of 2 companies");
  });
});

describe("what was accepted", () => {
  const page = (view: Partial<AcceptanceView> = {}) =>
    render(h(AcceptanceRecord, { view: { ...acceptance, ...view }, statusHref: "/status" }));
  test("shows the whole text, who, when in which zone, and the hash", () => {
    const html = page();
    const { content } = integration.specification;
    for (const text of ["First.", "Second.", content.summary, content.privacyPolicyUrl, "a@example.com"])
      expect(html).toContain(text);
    expect(html).toContain("2 Mar 2026, 08:00 UTC");
    expect(html).toContain(acceptance.contentHash);
    expect(html).toContain("still has this hash");
    expect(html, "nothing is folded away").not.toContain("<details");
  });
  test("says so when the text is not the one that was accepted", () => {
    expect(page({ isIntact: false })).toContain("no longer has this hash");
  });
});

test("changed: every field has a name, each side its text", () => {
  const words = Object.keys(messages.changed.fields) as ChangedField[];
  const differences = words.map((field) => ({ field, before: null, after: `new ${field}` }));
  const view = {
    ...names,
    connectorId: "procountor",
    linkToken: "t",
    specificationId: "s",
    contentHash: "h",
    termsVersion: "2",
    differences,
  };
  const html = render(h(ChangedStep, { view, reviewHref: "/review", acceptTerms: answer }));
  for (const field of words) expect(html).toContain(`new ${field}`);
});

test.each(["unknown", "withdrawn", "expired", "unpublished"] as const)("a link that is %s", (why) => {
  const support = { email: "support@example.com", url: null };
  const known = { why, partnerName: names.partnerName, integrationName: names.integrationName, support };
  expect(render(h(DeadLink, { view: known, catalogueHref: "/" }))).toContain("mailto:support@example.com");
  const stray = { why, partnerName: null, integrationName: null, support: null };
  expect(render(h(DeadLink, { view: stray, catalogueHref: "/" }))).not.toContain("mailto:");
});

describe("return from the vendor", () => {
  const { integrationName, connectorName } = names;
  const page = (view: VendorReturnProps["view"]) =>
    render(
      h(VendorReturn, {
        view,
        claimRequest: answer,
        switchAccount: plain,
        lookUpAgain: answer,
        homeHref: "/home",
      }),
    );
  test("names who asked and who is about to take it over", () => {
    const html = page({
      state: "confirm",
      grantId: "grant",
      connectorName,
      integrationName,
      viewerEmail: "b@example.com",
      initiatorName: "Aino Esimerkki",
      companies: [{ name: null, externalId: "15501", businessId: null }],
    });
    expect(html).toContain("Aino Esimerkki");
    expect(html).toContain("Continue as b@example.com");
    expect(html).toContain("Company 15501");
  });
  test("reads and waits in words", () => {
    const base = { grantId: "grant", connectorName };
    expect(page({ state: "reading", ...base })).toContain("Reading your request");
    const maskedEmail = "a•••@example.com";
    expect(page({ state: "awaiting_initiator", ...base, maskedEmail, expiresAt: null })).toContain(
      maskedEmail,
    );
  });
  const refused = (code: GrantRefusal, startAgainHref: string | null = null) =>
    page({
      state: "refused",
      code,
      connectorId: "poweroffice-go",
      connectorName,
      integrationName,
      startAgainHref,
      handOverHref: null,
      pasteHref: null,
    });
  test.each(GRANT_REFUSALS)("refused for %s in words, with a way on", (code) => {
    expect(refused(code)).toMatch(/<h1[^>]*>\S/);
    expect(refused(code)).toContain('href="/home"');
    const section = code === "already_claimed" ? "not_found" : code;
    expect(refused(code)).toContain(`href="/guides/poweroffice-go#${section}"`);
  });
  test("that somebody else has it is not told", () => {
    expect(refused("already_claimed")).toBe(refused("not_found"));
  });
  test("what takes other rights can be handed over", () => {
    const code = "no_client_access";
    const base = {
      state: "refused",
      code,
      connectorId: "poweroffice-go",
      connectorName,
      integrationName,
      startAgainHref: "/again",
      pasteHref: null,
    } as const;
    expect(page({ ...base, handOverHref: "/hand-over" })).toContain('href="/hand-over"');
  });
  test("only what may pass can be tried again", () => {
    expect(refused("unavailable")).toContain("Try again");
    expect(refused("expired")).not.toContain("<form");
    expect(refused("unavailable", "/a/example-token/environments")).not.toContain("<form");
    expect(refused("canceled", "/a/example-token/environments")).toContain("Start again");
  });
  test("the initiator is asked, and thanked", () => {
    const ask = { state: "ask", maskedEmail: "a•••@example.com", confirm: answer } as const;
    expect(render(h(ConfirmInitiator, ask))).toContain("Yes, let them continue");
    expect(render(h(ConfirmInitiator, { state: "done" }))).not.toContain("<form");
  });
});

describe("home", () => {
  const hrefs = {
    catalogue: "/",
    request: (id: string) => `/requests/${id}`,
    acceptance: (id: string) => `/requests/${id}/acceptance`,
    connection: (id: string) => `/connections/${id}`,
    draft: (token: string, step: string) => `/a/${token}/${step}`,
    moreRequests: (cursor: string) => `?requests=${cursor}`,
    moreConnections: (cursor: string) => `?connections=${cursor}`,
    search: "/home",
    live: "/home",
    ended: "/home?ended=1",
    several: "/connections/deactivate",
  };
  test("attention comes before drafts, requests and connections", () => {
    const html = render(h(Home, { view: home, hrefs, discardDraft: answer }));
    const order = ["attention", "drafts", "requests", "connections"].map((id) => html.indexOf(`id="${id}"`));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
  });
  test("a search that finds nothing says so, and offers all of them", () => {
    const view = { ...home, connections: [], connectionSearch: "nobody" };
    const html = render(h(Home, { view, hrefs, discardDraft: answer }));
    expect(html).toContain("No connection fits “nobody”.");
    expect(html).toContain("Show all");
  });
  test("an empty one says what to do", () => {
    const none = { drafts: [], attention: [], requests: [], connections: [], hasConnections: false };
    const empty = { ...home, ...none };
    expect(render(h(Home, { view: empty, hrefs, discardDraft: answer }))).toContain(
      "Open the activation link",
    );
  });
});

describe("signing in", () => {
  test.each(["accept", "expired", "signed_out", "link_used", null] as const)(
    "for the reason %s",
    (reason) => {
      expect(render(h(SignInForm, { requestLink: answer, callbackUrl: "/home", reason }))).toContain(
        'type="email"',
      );
    },
  );
  test("the code can be filled in by the phone", () => {
    const props = {
      email: "a@example.com",
      callbackUrl: "/",
      enterCode: answer,
      requestLink: answer,
      signInHref,
    };
    const html = render(h(CheckYourMail, props));
    expect(html).toContain('autoComplete="one-time-code"');
    expect(html).toContain('inputMode="numeric"');
  });
  test.each([true, false])(
    "the link's page warns in a browser that did not ask (same: %s)",
    (isSameBrowser) => {
      const asked = { maskedEmail: "a•••@example.com", browser: null, requestedAt: "2026-03-02T08:29:00Z" };
      const html = render(
        h(ConfirmSignIn, { ...asked, isSameBrowser, confirm: answer, hidden: { token: "t" } }),
      );
      expect(html.includes("This browser did not ask")).toBe(!isSameBrowser);
    },
  );
  test.each(["link_expired", "link_used", "link_unknown", "too_many_codes"] as const)(
    "problem %s",
    (problem) => {
      expect(render(h(SignInProblem, { problem, signInHref }))).toContain(`href="${signInHref}"`);
    },
  );
});

describe("around the pages", () => {
  const actions = { setLocale: plain, switchAccount: plain, signOut: plain, signOutEverywhere: plain };
  const hrefs = { startHref: "/", homeHref: "/home", accountHref: "/account", profileHref: "/profile" };
  const header = { ...hrefs, signInHref, actions };
  test("the header offers signing in, or names who is", () => {
    expect(render(h(SiteHeader, { viewer: null, ...header }))).toContain(`href="${signInHref}"`);
    const viewer = { email: "a@example.com", accounts: [] };
    expect(render(h(SiteHeader, { viewer, ...header }))).toContain("a@example.com");
  });
  test("an error that nobody wrote words for has some all the same, and its id", () => {
    const html = render(h(ErrorPanel, { code: "never_heard_of", errorId: "abc-123" }));
    expect(html).toContain(messages.errors.unexpected.title);
    expect(html).toContain("abc-123");
  });
  test("the frame marks the current step", () => {
    const frame = {
      ...names,
      connectorId: "procountor",
      stage: "test",
      current: "status",
      hasSettings: false,
      hasPartnerSteps: true,
      children: "body",
    } as const;
    expect(render(h(FlowFrame, frame)).match(/aria-current="step"/g)).toHaveLength(1);
  });
  test("the landing page, with and without integrations", () => {
    expect(render(h(Hero, { homeHref: "/home", isSignedIn: false }))).toContain('href="#integrations"');
    expect(render(h(Catalogue, { cards: [] }))).toContain(messages.site.catalogue.empty.title);
    const card = {
      integrationId: "1",
      connectorId: "procountor",
      name: "Orders",
      summary: "Sum.",
      href: "/i/1",
      ...names,
    };
    expect(render(h(Catalogue, { cards: [card] }))).toContain('href="/i/1"');
    expect(render(h(SiteFooter, { links: [{ href: "/help", label: "Help" }] }))).toContain('href="/help"');
  });
});
