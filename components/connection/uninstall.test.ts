import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { FullAccess } from "../flow/rights/full-access";
import { render } from "../render-screen.fixture";
import { type ConnectionsToEnd, Uninstall } from "./uninstall";

const LOCALES = ["en", "fi", "nb", "sv", "da"] as const;

const connection: ConnectionView = {
  id: "one",
  requestId: "request",
  integrationName: "Orders to sales",
  partnerName: "Esimerkki Software Oy",
  connectorName: "SuperOffice",
  environmentName: "Esimerkkikahvila Oy",
  businessId: null,
  state: "active",
  attention: null,
  isPaused: false,
  stepsLeft: 0,
  activeSince: "2026-03-02T08:00:00Z",
};
const hrefs = { signIn: "/sign-in", home: "/home", connection: (id: string) => `/connections/${id}` };
const toEnd = (connections: ConnectionView[], isWhole = true): ConnectionsToEnd => ({
  email: "aino@example.com",
  connections,
  isWhole,
});

describe.each(LOCALES)("in %s", (locale) => {
  test.each(CONNECTOR_IDS)("signed in or not, a reader learns what to do at %s and here", (id) => {
    const connector = { id, name: getConnector(id).manifest.name };
    const uninstalled = { integrationId: "integration", integrationName: "Orders to sales", connector };
    const show = (shown: ConnectionsToEnd | null) =>
      render(h(Uninstall, { uninstalled, toEnd: shown, hrefs }), locale);
    expect(show(null)).toContain('href="/sign-in"');
    const listed = show(toEnd([connection]));
    expect(listed).toContain('href="/connections/one"');
    expect(listed).not.toContain('href="/sign-in"');
    expect(show(toEnd([connection], false))).toContain('href="/home"');
    expect(show(toEnd([]))).toContain("aino@example.com");
    // Nothing on the page ends anything: there is no form.
    for (const page of [show(null), listed]) expect(page).not.toContain("<form");
  });

  test("full access is told where the portal has to limit it, and only there", () => {
    const show = (rightsEnforcedBy: "vendor" | "portal", id: string) =>
      render(h(FullAccess, { connector: { id, name: "SuperOffice", rightsEnforcedBy } }), locale);
    expect(show("vendor", "superoffice")).toBe("");
    expect(show("portal", "superoffice")).toContain("CRM");
    expect(show("portal", "another")).toContain("SuperOffice");
  });
});
