import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { en as messages } from "@/messages";
import { CheckYourMail } from "./auth/check-your-mail";
import { ConfirmSignIn } from "./auth/confirm-sign-in";
import { SignInForm } from "./auth/sign-in-form";
import { SignInProblem } from "./auth/sign-in-problem";
import { FlowFrame } from "./flow/flow-frame";
import { Home } from "./home/home";
import { answer, render } from "./render-screen.fixture";
import { home, names } from "./screens.fixture";
import { ErrorPanel } from "./shell/error-panel";
import { SiteFooter } from "./shell/site-footer";
import { SiteHeader } from "./shell/site-header";
import { Hero } from "./site/hero";

const plain = async () => {};
const signInHref = "/sign-in";

describe("home", () => {
  const hrefs = {
    activate: "/activate",
    request: (id: string) => `/requests/${id}`,
    connection: (id: string) => `/connections/${id}`,
    update: (id: string) => `/updates/${id}`,
    company: (id: string) => `/companies/${id}`,
    draft: (token: string, step: string) => `/a/${token}/${step}`,
    moreRequests: (cursor: string) => `?requests=${cursor}`,
    companies: (filter: object) => `/home?${new URLSearchParams({ ...filter })}`,
    filter: "/home",
    needsMe: "/home?show=needs_me",
    csv: () => "/home/companies.csv",
    several: "/connections/deactivate",
  };
  const actions = {
    openHandedRequest: async () => {},
    discardDraft: answer,
    startPlan: answer,
    continuePlan: answer,
    dropPlan: answer,
    checkConnections: answer,
    deactivateConnections: answer,
  };
  const draw = (view: typeof home) => render(h(Home, { partners: [], view, handed: [], hrefs, actions }));
  test("what waits for the customer comes before drafts, plans, companies and requests", () => {
    const html = draw(home);
    const ids = ["waiting", "attention", "drafts", "plans", "companies", "requests"];
    const order = ids.map((id) => html.indexOf(`id="${id}"`));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
  });
  test("each state is in words, with the steps that are left", () => {
    const html = draw(home);
    for (const words of [
      "Active",
      "Not connected",
      "Your turn: 2 steps",
      "Failed last time",
      "Update required",
    ])
      expect(html).toContain(words);
    expect(html).toContain("Next 17 of 37");
    expect(html).toContain("200 companies");
  });
  test("an integration that companies lack is offered in all of them", () => {
    const filter = { show: "not_connected", integration: "integration-1" } as const;
    const html = draw({ ...home, page: { ...home.page, filter } });
    expect(html).toContain("37 companies lack Receipts");
    expect(html).toContain("Activate in these 37 companies");
    const none = home.integrations.map((one) => ({ ...one, linkToken: null }));
    expect(draw({ ...home, integrations: none, page: { ...home.page, filter } })).toContain(
      `Ask ${names.partnerName} for one.`,
    );
  });
  test("a filter that finds nothing says so, and offers all of them", () => {
    const page = { ...home.page, companies: [], found: { count: 0, isMore: false } };
    expect(draw({ ...home, page: { ...page, filter: { q: "nobody" } } })).toContain("No company fits.");
    const html = draw({ ...home, page: { ...page, filter: { show: "needs_me" } } });
    expect(html).toContain("Nothing waits for you.");
    expect(html).toContain("Show all companies");
  });
  test("one company needs no filters, no ticks and no file", () => {
    const [company] = home.page.companies;
    const page = {
      filter: {},
      companies: company ? [company] : [],
      found: { count: 1, isMore: false },
      nextCursor: null,
    };
    const html = draw({ ...home, page });
    expect(html).toContain("Yritys a Oy");
    for (const words of ["Business ID", "Tick all", "Download", "None ticked"])
      expect(html).not.toContain(words);
  });
  test("a draft whose settings are not chosen is not called ready, and goes on there", () => {
    const drafts = home.drafts.map((draft) => ({ ...draft, step: "settings" as const }));
    const html = draw({ ...home, drafts });
    expect(html).toContain("Choosing the settings");
    expect(html).toContain(`href="/a/${names.linkToken}/settings"`);
    expect(html).not.toContain("Ready to submit");
  });
  test("an empty one says what to do", () => {
    const page = { filter: {}, companies: [], found: { count: 0, isMore: false }, nextCursor: null };
    const none = { waiting: [], drafts: [], plans: [], attention: [], requests: [], integrations: [] };
    expect(draw({ ...home, ...none, page, requestsNextCursor: null })).toContain("Open the activation link");
  });
});

describe("signing in", () => {
  test.each(["accept", "needed", "expired", "signed_out", "link_used", null] as const)(
    "for the reason %s",
    (reason) => {
      const html = render(h(SignInForm, { requestLink: answer, hidden: { callbackUrl: "/home" }, reason }));
      expect(html).toContain('type="email"');
      if (reason) expect(html).toContain(messages.auth.reason[reason]);
    },
  );
  test("the code can be filled in by the phone", () => {
    const props = {
      email: "a@example.com",
      callbackUrl: "/",
      acceptance: null,
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
    const partners = [{ slug: "example", name: "Esimerkki Software Oy", role: "owner" as const }];
    const viewer = { email: "a@example.com", accounts: [], partners };
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
  test("the landing page leads to the integrations on it", () => {
    expect(render(h(Hero, { homeHref: "/home", isSignedIn: false }))).toContain('href="#integrations"');
    expect(render(h(SiteFooter, { links: [{ href: "/help", label: "Help" }] }))).toContain('href="/help"');
  });
});
