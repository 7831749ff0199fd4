import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { AcceptanceRecord } from "@/components/flow/acceptance/acceptance-record";
import { answer, render } from "@/components/render-screen.fixture";
import { acceptance, integration } from "@/components/screens.fixture";
import { type AcceptanceView, FAILURE_REASONS } from "@/lib/activation/request/schema";
import { ATTENTION_CAUSES } from "@/lib/connection/lifecycle/schema";
import { LiveRequest } from "./live-request";
import { anActivation, aRequest, aSettledRequest } from "./request-view.fixture";

const signInHref = "/sign-in";

describe("status", () => {
  const actions = { cancelRequest: answer, retryRequest: answer, continuePlan: answer };
  const hrefs = {
    home: "/home",
    review: "/a/token",
    partnerSteps: "/partner-steps",
    acceptance: "/acceptance",
    receipt: "/receipt",
    signIn: signInHref,
  };
  const page = (request: ReturnType<typeof aRequest>) =>
    render(h(LiveRequest, { request, hasSftp: false, actions, hrefs }));
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
  test("what has ended since is not counted as active, in the heading and above the list", () => {
    const gone = anActivation("active", { connectionId: "gone", hasEnded: true });
    const html = page(aSettledRequest([], { activations: [gone, gone, anActivation("active")] }));
    expect(html).toContain("Active in 1 of 3 companies, 2 have ended since");
    expect(html).toContain("Active: 1 · Ended since: 2");
    expect(html).not.toContain("nothing left to do");
  });
  test("where the answer was lost, neither the heading nor the row calls it a failure", () => {
    const activations = [anActivation("failed", { failureReason: "needs_recovery" })];
    const html = page(aSettledRequest([], { activations }));
    expect(html).toContain("We do not know yet whether Orders to invoices was activated");
    expect(html).toContain("Not known yet");
    expect(html).not.toMatch(/could not be activated|>Failed</);
  });
  test.each([
    [[null], "switched on in your company. There"],
    [[null, null], "switched on in both companies. There"],
    [[null, null, null], "switched on in all 3 companies. There"],
    [["disconnected"], "switched on in your company, and it needs your attention."],
    [["disconnected", null], "in both companies, and one of them needs your attention."],
    [["disconnected", "disconnected"], "in both companies, and both need your attention."],
    [["disconnected", null, null], "in all 3 companies, and one of them needs your attention."],
  ] as const)("the heading over active ones with %j agrees with their number", (causes, words) => {
    const activations = causes.map((attention, index) =>
      anActivation("active", { attention, environmentName: `Yritys ${index} Oy` }),
    );
    expect(page(aSettledRequest([], { activations }))).toContain(words);
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
  const UNREADY: readonly string[] = ["preparation_pending", "not_prepared"];
  test.each(ATTENTION_CAUSES)(
    "an active one with %s is marked, and not called active before it is ready",
    (attention) => {
      const html = page(
        aSettledRequest(["active"], { activations: [anActivation("active", { attention })] }),
      );
      const isUnready = UNREADY.includes(attention);
      expect(html).toContain(isUnready ? "Connected, not ready yet" : "Needs attention");
      expect(html.includes("is active")).toBe(!isUnready);
    },
  );
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
    for (const text of ["First.", "Second.", content.summary, content.privacyPolicy.url, "a@example.com"])
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
