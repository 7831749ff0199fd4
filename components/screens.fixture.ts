import type { EnvironmentsView, TechnicalUserView } from "@/lib/activation/draft/schema";
import type { AcceptanceView } from "@/lib/activation/request/schema";
import type { IntegrationView, Price } from "@/lib/catalogue/integration/schema";
import type { CellState, CompanyView, UsedIntegration } from "@/lib/operations/company/schema";
import type { HomeView } from "@/lib/operations/home/schema";
import { showContent } from "@/testing/fixtures/specification";
import { anOption } from "./flow/environments/environment-option.fixture";

/** Sample views for the tests that render whole screens. All names are made up. */

const price: Price = {
  kind: "known",
  amountMinor: 1290,
  currency: "EUR",
  billedTo: "environment",
  priceListUrl: "https://example.com/prices",
};

const rights = [
  { path: "sales.invoices", level: "ALL", reason: "Creates sales invoices from orders." },
  { path: "sales.customers", level: "VIEW", reason: "Finds the customer of an order." },
];

export const names = {
  linkToken: "example-token",
  integrationName: "Orders to invoices",
  partnerName: "Esimerkki Software Oy",
  connectorName: "Example Ledger",
};

export const integration: IntegrationView = {
  linkToken: names.linkToken,
  integrationId: "integration",
  partner: { id: "partner", name: names.partnerName },
  connector: { id: "example", name: "Example Ledger", rightsEnforcedBy: "vendor" },
  stage: "test",
  specification: {
    id: "0190b1f0-0000-7000-8000-000000000001",
    version: 1,
    contentHash: "0".repeat(64),
    shown: { language: "en", structureHash: "1".repeat(64), languageHash: "2".repeat(64) },
    content: showContent({
      name: names.integrationName,
      summary: "Orders become invoices.",
      description: "Every paid order becomes an invoice.\n\nPayments come back.",
      dataFlows: (["to_vendor", "from_vendor", "both"] as const).map((direction) => ({
        what: "Orders",
        direction,
        frequency: "Every hour",
        master: direction === "to_vendor" ? "partner" : "vendor",
      })),
      price,
      terms: { version: "1.0", updatedOn: "2026-01-15", body: "First.\n\nSecond." },
      privacyPolicyUrl: "https://example.com/privacy",
      support: {
        email: "support@example.com",
        url: "https://example.com/support",
        phone: "+358 9 123 4567",
      },
      technicalUser: { username: "Esimerkki Orders", rights },
      cap: 20,
      partnerSteps: { kind: "none" },
      decisionTimeoutSeconds: 3600,
    }),
  },
};

export const environments: EnvironmentsView = {
  ...names,
  connectorId: "example",
  connectorName: "Example Ledger",
  selectsAt: "vendor",
  consent: {
    state: "open",
    grantIds: ["grant"],
    isOneOfSeveral: false,
    expiresAt: "2026-03-02T09:00:00Z",
    keysFrom: "decision",
    withoutKey: [],
  },
  pasteHref: "/a/example-token/key",
  lapsed: [],
  awaited: [],
  isHanded: false,
  handedGrantIds: [],
  consentOfColleague: null,
  cap: 20,
  inFlight: 2,
  batch: null,
  price,
  options: [
    anOption({
      candidateId: "a",
      isPicked: true,
      businessId: "1234567-8",
      accountingOffice: "Tilitoimisto Malli",
    }),
    anOption({ candidateId: "b", name: null, isRightsUnknown: true }),
    anOption({ candidateId: "c", isManual: true }),
    ...(
      [
        "rights_missing",
        "wrong_product",
        "active_here",
        "in_progress_here",
        "taken_elsewhere",
        "key_gone",
      ] as const
    ).map((blocked) => anOption({ candidateId: blocked, blocked })),
  ],
  isOverCapAtVendor: true,
  supportEmail: "support@example.com",
};

export const technicalUser: TechnicalUserView = {
  ...names,
  connector: integration.connector,
  username: "Esimerkki Orders",
  rights: rights.map((right, index) => ({ ...right, isWrite: index === 0 })),
  languages: { rights: "en", settings: "en" },
  environments: Array.from({ length: 7 }, (_, index) => ({ name: `Yritys ${index} Oy`, businessId: null })),
  isKeyPasted: false,
  declinedCount: 2,
  price,
  specificationId: integration.specification.id,
  contentHash: integration.specification.contentHash,
  settings: [],
  preflight: null,
  isWithPartnerSteps: true,
};

export const acceptance: AcceptanceView = {
  settings: [],
  requestId: "request",
  partnerName: names.partnerName,
  connector: integration.connector,
  stage: "test",
  specificationVersion: 1,
  content: integration.specification.content,
  rights: technicalUser.rights,
  contentHash: integration.specification.contentHash,
  language: "en",
  languageHash: integration.specification.shown.languageHash,
  isIntact: true,
  acceptedBy: "a@example.com",
  acceptedAt: "2026-03-02T08:00:00Z",
  submittedBy: "b@example.com",
  submittedAt: "2026-03-02T08:05:00Z",
  environments: [{ externalId: "15501", name: "Esimerkkikahvila Oy", businessId: "1234567-8" }],
};

const connection = {
  id: "connection",
  requestId: "request",
  integrationName: names.integrationName,
  partnerName: names.partnerName,
  connectorName: "Example Ledger",
  environmentName: "Esimerkkikahvila Oy",
  businessId: "1234567-8",
  state: "active",
  attention: null,
  isPaused: false,
  stepsLeft: 0,
  activeSince: "2026-03-02T08:00:00Z",
} as const;

const used = (id: string, name: string): UsedIntegration => ({
  id,
  name,
  partnerName: names.partnerName,
  connector: integration.connector,
  stage: "test",
  cap: 20,
  linkToken: names.linkToken,
  connectedCount: { count: 163, isMore: false },
  lackingCount: 37,
});

/** A company with a cell in each of these states, in the order of the integrations. */
const aCompany = (id: string, states: readonly CellState[]): CompanyView => ({
  id,
  name: `Yritys ${id} Oy`,
  businessId: "1234567-8",
  externalId: "15501",
  connector: integration.connector,
  stage: "test",
  cells: states.map((state, index) => ({
    integrationId: `integration-${index}`,
    state,
    connectionId: `connection-${id}-${index}`,
    requestId: "request",
    since: "2026-03-02T08:00:00Z",
    stepsLeft: state === "steps_left" ? 2 : 0,
    canCheck: state === "active",
    canEnd: state === "active",
  })),
});

const request = {
  id: "request",
  integrationName: names.integrationName,
  partnerName: names.partnerName,
  connectorName: "Example Ledger",
  state: "settled",
  submittedAt: "2026-03-02T08:00:00Z",
  deadlineAt: null,
  counts: { active: 3, failed: 1 },
} as const;

export const home: HomeView = {
  waiting: [{ ...request, state: "awaiting_partner", deadlineAt: "2026-03-09T08:00:00Z" }],
  drafts: [
    {
      id: "draft",
      integrationName: names.integrationName,
      partnerName: names.partnerName,
      linkToken: names.linkToken,
      step: "environments",
      updatedAt: "2026-03-02T08:00:00Z",
    },
  ],
  plans: [
    {
      integrationId: "integration-1",
      integrationName: "Receipts",
      partnerName: names.partnerName,
      linkToken: names.linkToken,
      nextCount: 17,
      leftCount: 17,
      totalCount: 37,
    },
  ],
  updates: [
    {
      id: "update",
      integrationName: names.integrationName,
      partnerName: names.partnerName,
      connectorName: names.connectorName,
      count: 3,
      since: "2026-03-02T08:00:00Z",
    },
  ],
  attention: [
    { ...connection, state: "needs_attention", attention: "credential_refused" },
    { ...connection, id: "leaving", state: "offboarding", stepsLeft: 2 },
  ],
  hasMoreAttention: false,
  requests: [request],
  requestsNextCursor: "next",
  integrations: [used("integration-0", names.integrationName), used("integration-1", "Receipts")],
  page: {
    filter: {},
    companies: [
      aCompany("a", ["active", "not_connected"]),
      aCompany("b", ["steps_left", "failed"]),
      aCompany("c", ["your_turn", "update_required"]),
    ],
    found: { count: 200, isMore: false },
    nextCursor: "next",
  },
};
