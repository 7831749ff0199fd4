import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { answer, render } from "@/components/render-screen.fixture";
import { names } from "@/components/screens.fixture";
import { GRANT_REFUSALS } from "@/lib/activation/grant/schema";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import { ConfirmInitiator } from "./confirm-initiator";
import { VendorReturn } from "./vendor-return";
import type { VendorReturnProps } from "./vendor-return-props";

const plain = async () => {};

type Refused = Extract<VendorReturnProps["view"], { state: "refused" }>;
const vendorAnswer = {
  status: 503,
  messages: ["It is being moved."],
  operation: "GET /requests/{requestId}",
  at: "2026-03-02T08:29:00Z",
};

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
    const reading = { state: "reading", ...base } as const;
    expect(page({ ...reading, vendorAnswer: null })).toContain("Reading your request");
    const html = page({ ...reading, vendorAnswer });
    expect(html).toContain("Example Ledger does not do its part right now.");
    expect(html).toContain("It is being moved.");
    const maskedEmail = "a•••@example.com";
    expect(page({ state: "awaiting_initiator", ...base, maskedEmail, expiresAt: null })).toContain(
      maskedEmail,
    );
  });
  const refused = (code: Refused["code"], startAgainHref: string | null = null, withoutKey: string[] = []) =>
    page({
      state: "refused",
      code,
      vendorAnswer,
      withoutKey,
      connectorId: "poweroffice-go",
      connectorName,
      integrationName,
      startAgainHref,
      handOverHref: null,
      pasteHref: null,
    });
  test.each([...GRANT_REFUSALS, ...Object.keys(powerofficeGo.manifest.refusals), "not_read"])(
    "refused for %s in words, with a way on",
    (code) => {
      expect(refused(code)).toMatch(/<h1[^>]*>\S/);
      expect(refused(code)).toContain('href="/home"');
      const section = { already_claimed: "not_found", not_read: "unavailable" }[code as string] ?? code;
      expect(refused(code)).toContain("It is being moved.");
      expect(refused(code)).toContain(`href="/guides/poweroffice-go#${section}"`);
    },
  );
  test("that somebody else has it is not told", () => {
    expect(refused("already_claimed")).toBe(refused("not_found"));
  });
  test("what takes other rights can be handed over", () => {
    const code = "no_client_access" as const;
    const base = {
      state: "refused" as const,
      code,
      vendorAnswer,
      withoutKey: [],
      connectorId: "poweroffice-go",
      connectorName,
      integrationName,
      startAgainHref: "/again",
      pasteHref: null,
    } satisfies Partial<Refused>;
    expect(page({ ...base, handOverHref: "/hand-over" })).toContain('href="/hand-over"');
  });
  test("only what may pass can be tried again", () => {
    expect(refused("unavailable")).toContain("Try again");
    expect(refused("expired")).not.toContain("<form");
    expect(refused("not_read", "/a/example-token/environments")).not.toContain("<form");
    expect(refused("canceled", "/a/example-token/environments")).toContain("Start again");
  });
  test("companies without a key are named where nothing could be picked", () => {
    const html = refused("not_read", "/again", ["Esimerkki Bakeri AS"]);
    expect(html).toContain("Example Ledger gave no key that works for 1 company");
    expect(html).toContain("Esimerkki Bakeri AS");
  });
  test("the initiator is asked, and thanked", () => {
    const ask = { state: "ask", maskedEmail: "a•••@example.com", confirm: answer } as const;
    expect(render(h(ConfirmInitiator, ask))).toContain("Yes, let them continue");
    expect(render(h(ConfirmInitiator, { state: "done" }))).not.toContain("<form");
  });
});
