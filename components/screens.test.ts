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
import { Catalogue } from "./site/catalogue";
import { Hero } from "./site/hero";

const plain = async () => {};
const signInHref = "/sign-in";

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
  const handed = { requests: [], open: async () => {} };
  test("attention comes before drafts, requests and connections", () => {
    const html = render(h(Home, { partners: [], view: home, hrefs, discardDraft: answer, handed }));
    const order = ["attention", "drafts", "requests", "connections"].map((id) => html.indexOf(`id="${id}"`));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
  });
  test("a search that finds nothing says so, and offers all of them", () => {
    const view = { ...home, connections: [], connectionSearch: "nobody" };
    const html = render(h(Home, { partners: [], view, hrefs, discardDraft: answer, handed }));
    expect(html).toContain("No connection fits “nobody”.");
    expect(html).toContain("Show all");
  });
  test("a draft whose settings are not chosen is not called ready, and goes on there", () => {
    const drafts = home.drafts.map((draft) => ({ ...draft, step: "settings" as const }));
    const html = render(
      h(Home, { partners: [], view: { ...home, drafts }, hrefs, discardDraft: answer, handed }),
    );
    expect(html).toContain("Choosing the settings");
    expect(html).toContain(`href="/a/${names.linkToken}/settings"`);
    expect(html).not.toContain("Ready to submit");
  });
  test("an empty one says what to do", () => {
    const none = { drafts: [], attention: [], requests: [], connections: [], hasConnections: false };
    const empty = { ...home, ...none };
    expect(render(h(Home, { partners: [], view: empty, hrefs, discardDraft: answer, handed }))).toContain(
      "Open the activation link",
    );
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
  test("the landing page, with and without integrations", () => {
    expect(render(h(Hero, { homeHref: "/home", isSignedIn: false }))).toContain('href="#integrations"');
    expect(render(h(Catalogue, { cards: [] }))).toContain(messages.site.catalogue.empty.title);
    const card = {
      integrationId: "1",
      connectorId: "procountor",
      name: "Orders",
      summary: "Sum.",
      language: "en" as const,
      href: "/i/1",
      ...names,
    };
    expect(render(h(Catalogue, { cards: [card] }))).toContain('href="/i/1"');
    expect(render(h(SiteFooter, { links: [{ href: "/help", label: "Help" }] }))).toContain('href="/help"');
  });
});
