import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import type { ExportOffer, ExportView } from "@/lib/connection/export/schema";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { ATTENTION_CAUSES } from "@/lib/connection/lifecycle/schema";
import {
  KEY_FATES,
  OFFBOARDING_ASKERS,
  OFFBOARDING_OUTCOMES,
  OFFBOARDING_STEPS,
  type OwnOffboardingView,
  PROBE_RESULTS,
} from "@/lib/connection/offboarding/schema";
import type { PreparationView } from "@/lib/connection/preparation/schema";
import { getConnector } from "@/lib/connectors/registry";
import { en as messages } from "@/messages";
import { answer, render as renderScreen } from "../render-screen.fixture";
import { ConnectionPage } from "./connection-page";

const AT = "2026-03-02T08:00:00Z";

const live: ConnectionDetails = {
  id: "connection",
  requestId: "request",
  integrationName: "Orders to invoices",
  partnerName: "Esimerkki Software Oy",
  connectorId: "procountor",
  connectorName: "Procountor",
  environmentName: "Esimerkkikahvila Oy",
  businessId: "1234567-8",
  state: "active",
  attention: null,
  isPaused: false,
  holds: [],
  takesFiles: true,
  updateId: null,
  stepsLeft: 0,
  companyId: "company",
  activeSince: AT,
  stage: "test",
  externalId: "15521",
  stateSince: AT,
  checkedAt: AT,
  isBeingChecked: false,
  failedCheck: null,
  technicalUserName: "Orders API",
  language: "en",
  rights: [
    {
      path: "sales.invoices",
      asked: "ALL_RIGHTS",
      held: "VIEWING_RIGHTS",
      reason: "Writes.",
      finding: "missing",
    },
    { path: "management.users", asked: null, held: "ALL_RIGHTS", reason: null, finding: "surplus" },
  ],
  canDeactivate: true,
  canRevoke: false,
  recoverableActivationId: null,
  support: { email: "support@partner.example", url: null, phone: null },
  linkToken: "token",
};
const ended: OwnOffboardingView = {
  askedBy: "customer",
  askedByEmail: "aino@example.com",
  askedAt: AT,
  reason: "We changed systems.",
  key: "left_to_customer",
  removalAnswer: null,
  lastProbe: { result: "alive", at: AT },
  probedUntil: AT,
  outcome: null,
  steps: [],
  keyUse: null,
  isBusy: false,
};

function render(
  connection: Partial<ConnectionDetails>,
  end: Partial<OwnOffboardingView> | null = null,
  preparation: PreparationView | null = null,
  exportOffer: ExportOffer | null = null,
): string {
  return renderScreen(
    h(ConnectionPage, {
      timeline: null,
      differing: 0,
      connection: { ...live, ...connection },
      offboarding: end && { ...ended, ...end },
      preparation,
      exportOffer,
      actions: {
        checkConnection: answer,
        deactivateConnections: answer,
        probeKey: answer,
        makeExport: answer,
        holds: { pause: answer, scheduleEnd: answer, lift: answer },
        preparation: { again: answer, choose: answer },
      },
      hrefs: {
        home: "/home",
        request: "/requests/request",
        link: "/a/token",
        pasteKey: "/paste",
        company: "/companies/company",
        update: null,
        deliveries: "/deliveries",
        files: "/files",
        certificate: "/connections/connection/certificate",
      },
    }),
  );
}

describe("a live connection", () => {
  test("shows each right beside what was found", () => {
    const html = render({});
    for (const words of ["Missing", "More than asked", "Nobody asked for it", "Writes."])
      expect(html).toContain(words);
  });

  test.each(ATTENTION_CAUSES)(
    "that needs attention for %s says what to do and can be checked again",
    (cause) => {
      const html = render({ state: "needs_attention", attention: cause });
      expect(html).toContain(messages.attention[cause].title.replace("{connector}", "Procountor"));
      expect(html).toContain("Check again");
      expect(html).toContain('href="/paste"');
    },
  );

  test("says when the vendor could not be asked, with its own words", () => {
    const failed = { status: 503, messages: ["Closed for maintenance"], operation: "GET /company", at: AT };
    const html = render({ failedCheck: { at: AT, answer: failed } });
    expect(html).toContain("could not be asked");
    expect(html).toContain("Closed for maintenance");
  });

  test("cannot be checked twice at once, and not ended before it has begun", () => {
    expect(render({ isBeingChecked: true })).toContain("Procountor is being asked");
    expect(render({ canDeactivate: false })).not.toContain("Deactivate…");
  });
});

describe("one that was ended", () => {
  const removed = { state: "removed", canDeactivate: false } as const;

  test("names the menus of the vendor system while steps are left there", () => {
    const html = render({ state: "offboarding" }, {});
    expect(html).toContain("Management → Users and privileges");
    expect(html).toContain("Orders API");
    expect(html).toContain("I have done it, check now");
    expect(html).not.toContain("Check again");
  });

  test("of a vendor without words of its own has general ones", () => {
    expect(render({ state: "offboarding", connectorId: "unknown" }, {})).toContain("Remove Orders API from");
  });

  test.each(OFFBOARDING_OUTCOMES)("has words for its end: %s", (outcome) => {
    const html = render(removed, { outcome, probedUntil: null });
    expect(html).not.toContain("check now");
    const isDone = outcome === "proven_dead";
    expect(html.includes("Management → Users")).toBe(!isDone);
  });

  test("a shared key is told apart: nobody is disconnected by our destroying it", () => {
    const html = render(removed, { outcome: "shared", key: "shared", probedUntil: null });
    expect(html).toContain("does not disconnect Orders to invoices there");
  });

  test("every state of the key, asker, try and step has words", () => {
    for (const key of KEY_FATES) expect(render(removed, { key })).toContain("Record");
    for (const askedBy of OFFBOARDING_ASKERS) expect(render(removed, { askedBy })).toContain("Record");
    for (const result of PROBE_RESULTS)
      expect(render(removed, { lastProbe: { result, at: AT } })).toContain("Tried");
    const steps = OFFBOARDING_STEPS.map((kind) => ({ kind, at: AT }));
    const html = render(removed, { steps });
    expect(html).toContain("aino@example.com asked to end it");
    expect(html).toContain("Reason: We changed systems.");
    expect(html).toContain("Our copy of the key was destroyed");
  });
});

describe("the preparation of the vendor system", () => {
  const prepared: PreparationView = {
    state: "ready",
    isBusy: false,
    steps: [],
    choices: [],
    isFixed: false,
    removable: [],
  };
  const step = (more: Partial<PreparationView["steps"][number]>): PreparationView["steps"][number] => ({
    id: "field_contact",
    state: "done",
    because: null,
    mendedBy: null,
    value: null,
    endedAt: AT,
    answer: null,
    ...more,
  });
  const superoffice = { connectorId: "superoffice", connectorName: "SuperOffice" };
  const { prepare } = getConnector("superoffice");

  test("has words for every step, cause and choice of the connector", () => {
    if (!prepare) throw new Error("prepares nothing");
    const paths = [
      "contact",
      "person",
      "project",
      "sale",
      "appointment",
      "document",
      "ticket",
      "ticketMessage",
    ];
    const steps = prepare.steps({ rights: paths.map((path) => ({ path, level: "write" })), choices: {} });
    const words = messages.vendors.superoffice.preparation;
    expect(Object.keys(words.steps).toSorted()).toEqual(steps.toSorted());
    expect(Object.keys(words.causes).toSorted()).toEqual(Object.keys(prepare.causes).toSorted());
    expect(Object.keys(words.choices)).toEqual(Object.keys(prepare.choices.shape));
  });

  test("says what is stuck, who mends it, and offers to try again", () => {
    const stuck = step({ state: "cannot", because: "layout_unpublished", mendedBy: "customer_at_vendor" });
    const html = render({ ...superoffice, state: "needs_attention", attention: "not_prepared" }, null, {
      ...prepared,
      state: "blocked",
      steps: [stuck, step({ id: "lists", state: "kept" }), step({ id: "source", state: "running" })],
      choices: [{ name: "keyPlace", value: "user_field", options: ["user_field", "foreign_app"] }],
    });
    for (const words of [
      "not published them yet",
      "an administrator in SuperOffice",
      "Try again",
      "Was there",
    ])
      expect(html).toContain(words);
    expect(html).toContain("table of foreign keys, which needs no field");
  });

  test("shows the field's name, and fixes the choice once rows were written", () => {
    const html = render(superoffice, null, {
      ...prepared,
      steps: [step({ value: "Siteshop:CompUserKey01" })],
      choices: [{ name: "prefix", value: "Siteshop:", options: null }],
      isFixed: true,
    });
    expect(html).toContain("Siteshop:CompUserKey01");
    expect(html).toContain("can no longer be changed");
    expect(html).not.toContain("Try again");
  });
});

describe("the export", () => {
  const making: ExportView = {
    id: "export",
    state: "making",
    problem: null,
    askedAt: AT,
    endsAt: "2026-03-09T08:00:00Z",
    progress: { done: 50, total: 200 },
    sizeBytes: 0,
    counts: null,
  };

  test("is offered before the end, and says when there is nothing but the acceptance", () => {
    expect(render({}, null, null, { current: null, hasRows: true })).toContain("Make an export");
    expect(render({}, null, null, { current: null, hasRows: false })).toContain(
      messages.connectionExport.nothing,
    );
    expect(render({})).not.toContain("Make an export");
  });

  test("shows how far it is, where to fetch it, and why it was not made", () => {
    expect(render({}, null, null, { current: making, hasRows: true })).toContain("25% read");
    const ready: ExportView = { ...making, state: "ready", sizeBytes: 2049, counts: { outcomes: 3 } };
    const html = render({ canDeactivate: false }, {}, null, { current: ready, hasRows: true });
    expect(html).toContain('href="/connections/connection/export/export"');
    expect(html).toContain("3 rows with their outcomes");
    expect(html).not.toContain("Make a new export");
    const failed: ExportView = { ...making, state: "failed", problem: "connection_ended" };
    expect(render({ canDeactivate: false }, {}, null, { current: failed, hasRows: true })).toContain(
      messages.connectionExport.problems.connection_ended,
    );
  });
});
