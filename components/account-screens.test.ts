import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import type { GuestView, InvitationOffer, InvitationView, MemberView } from "@/lib/people/membership/schema";
import { Account } from "./account/account";
import { OtherAccount } from "./account/other-account";
import { HandOver } from "./flow/hand-over/hand-over";
import { Invitation } from "./join/invitation";
import { EmailChange } from "./profile/email-change";
import { Profile } from "./profile/profile";
import { answer, render } from "./render-screen.fixture";

const plain = async () => {};
const since = "2026-03-02T08:00:00Z";
const me: MemberView = { userId: "me", email: "a@example.com", since, isViewer: true };
const other: MemberView = { userId: "other", email: "b@example.com", since, isViewer: false };
const invitation: InvitationView = {
  id: "invitation",
  email: "c@example.com",
  invitedBy: "a@example.com",
  expiresAt: "2026-03-09T08:00:00Z",
  handsOver: null,
  access: "account" as const,
};

describe("account", () => {
  const actions = { invite: answer, withdraw: answer, remove: answer, rename: answer, takeBack: answer };
  const page = (members: MemberView[], invitations: InvitationView[] = []) =>
    render(h(Account, { view: { name: "Malli", members, invitations, guests: [] }, actions }));
  test("the last member is offered no way out", () => {
    expect(page([me])).toContain("You are the only member");
    expect(page([me])).not.toContain("Leave");
  });
  test("one leaves, others are removed", () => {
    const html = page([me, other]);
    expect(html).toContain("2 members");
    expect(html).toContain("Leave");
    expect(html).toContain("Remove");
  });
  test("open invitations say until when, and what they hand over", () => {
    const html = page([me], [invitation, { ...invitation, id: "second", handsOver: "Orders to invoices" }]);
    expect(html).toContain("2 open invitations");
    expect(html).toContain("9 Mar 2026");
    expect(html).toContain("to go on with Orders to invoices");
    expect(html.match(/Send again/g), "a hand-over is sent from its own page").toHaveLength(1);
  });
});

describe("hand-over", () => {
  const page = (colleagues: string[], invitations: InvitationView[], guests: GuestView[] = []) =>
    render(
      h(HandOver, {
        draft: { id: "draft", linkToken: "token" },
        names: { account: "Malli", integration: "Orders to invoices", connector: "Example Ledger" },
        colleagues,
        invitations,
        guests,
        actions: { handOver: answer, withdraw: answer, takeBack: answer },
        backHref: "/back",
      }),
    );
  test("says what both see, and names who sees it already", () => {
    expect(page([], [])).toContain("Both of you follow the request");
    const html = page(["b@example.com"], [{ ...invitation, handsOver: "Orders to invoices" }]);
    expect(html).toContain("One colleague sees it already");
    expect(html).toContain("c@example.com");
  });
});

describe("hand-over to a guest", () => {
  test("is the first choice, and can be taken back", () => {
    const guest = { id: "guest", email: "g@example.com", integrationName: "Orders to invoices", since };
    const html = render(
      h(HandOver, {
        draft: { id: "draft", linkToken: "token" },
        names: { account: "Malli", integration: "Orders to invoices", connector: "Example Ledger" },
        colleagues: [],
        invitations: [],
        guests: [guest],
        actions: { handOver: answer, withdraw: answer, takeBack: answer },
        backHref: "/back",
      }),
    );
    expect(html).toMatch(
      /<input[^>]*checked=""[^>]*value="request"|<input[^>]*value="request"[^>]*checked=""/,
    );
    expect(html).toContain("g@example.com");
    expect(html).toContain("Take back");
  });
});

describe("invitation", () => {
  const page = (offer: InvitationOffer, viewerEmail: string | null = null) =>
    render(h(Invitation, { offer, viewerEmail, accept: answer, signInAsInvited: plain, homeHref: "/home" }));
  const open = {
    state: "open",
    accountName: "Malli",
    invitedBy: "a@example.com",
    maskedEmail: "c***@example.com",
    handsOver: null,
    access: "account",
    isForViewer: null,
  } as const;
  test.each(["accepted", "withdrawn", "expired"] as const)("that was %s says so", (why) => {
    expect(page({ state: "ended", why })).toMatch(/<h1[^>]*>\S/);
  });
  test("that nobody sent leads home", () => {
    expect(page({ state: "unknown" })).toContain('href="/home"');
  });
  test("is accepted by the invited alone", () => {
    expect(page(open)).toContain("Sign in as c***@example.com");
    expect(page({ ...open, isForViewer: false }, "thief@example.com")).toContain(
      "You are signed in as thief@example.com",
    );
    expect(page({ ...open, isForViewer: true }, "c@example.com")).not.toContain("Sign in as");
    const handsOver = { integration: "Orders to invoices", partner: "Example Partner" };
    const handed = { ...open, handsOver, isForViewer: true };
    expect(page(handed, "c@example.com")).toContain("Join and go on");
    const alone = page({ ...handed, access: "request" }, "c@example.com");
    expect(alone).toContain("Accept and go on");
    expect(alone, "names what it is about").toContain("Orders to invoices by Example Partner");
    expect(alone).toContain("Nothing else of the account");
  });
});

describe("profile", () => {
  const actions = { changeEmail: answer, cancelEmailChange: answer, erase: answer };
  const hrefs = { export: "/export", home: "/home" };
  const view = { email: me.email, pendingChange: null, obstacles: [] };
  const page = (changes: object = {}) =>
    render(h(Profile, { view: { ...view, ...changes }, actions, hrefs }));
  test("erasing asks for one's own address and says what stays", () => {
    expect(page()).toContain("To confirm, type a@example.com");
    expect(page()).toContain("What stays, without your name");
    expect(page()).toContain('href="/export"');
  });
  test("what has to end first stands in the place of the form", () => {
    const html = page({ obstacles: [{ accountName: "Malli", liveConnections: 2, openRequests: 1 }] });
    expect(html).toContain("2 live connections, 1 request under way");
    expect(html).not.toContain("To confirm, type");
  });
  test("a change that waits says where and until when", () => {
    expect(page({ pendingChange: { email: "new@example.com", expiresAt: since } })).toContain(
      "Waiting for a confirmation at new@example.com",
    );
  });
});

describe("change of address", () => {
  const actions = { confirm: answer, undo: answer, signIn: plain };
  const hrefs = { home: "/home", profile: "/profile", signIn: "/sign-in" };
  const page = (offer: Parameters<typeof EmailChange>[0]["offer"]) =>
    render(h(EmailChange, { offer, actions, hrefs }));
  test("is confirmed by who asked, signed in", () => {
    const offer = {
      state: "confirm",
      maskedOldEmail: "a***@example.com",
      newEmail: "new@example.com",
    } as const;
    expect(page({ ...offer, isOwn: true })).toContain("Use the new address");
    for (const isOwn of [false, null]) expect(page({ ...offer, isOwn })).not.toContain("Use the new address");
  });
  test("is taken back from the old mailbox", () => {
    expect(page({ state: "undo", oldEmail: "a@example.com", maskedNewEmail: "n***@example.com" })).toContain(
      "Take it back",
    );
  });
  test.each([
    ["confirmed", "/home"],
    ["undone", "/sign-in"],
    ["unknown", "/profile"],
  ] as const)("%s leads on to %s", (state, href) => {
    expect(page({ state })).toContain(`href="${href}"`);
  });
});

test("what belongs to another account of one's own offers to switch", () => {
  const account = { id: "id", name: "Malli", isActive: false };
  const html = render(
    h(OtherAccount, { account, path: "/requests/1", switchAccount: plain, homeHref: "/home" }),
  );
  expect(html).toContain("Switch to Malli");
});
