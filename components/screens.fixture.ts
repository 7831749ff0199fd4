import type { EnvironmentsView, TechnicalUserView } from "@/lib/activation/draft/schema";
import type { AcceptanceView } from "@/lib/activation/request/schema";
import type { IntegrationView, Price } from "@/lib/catalogue/integration/schema";
import type { HomeView } from "@/lib/people/account/schema";
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
    content: {
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
      support: { email: "support@example.com", url: "https://example.com/support", phone: "+358 9 123 4567" },
      technicalUser: { username: "Esimerkki Orders", rights },
      cap: 20,
      partnerSteps: { kind: "none" },
      decisionTimeoutSeconds: 3600,
    },
  },
};

export const environments: EnvironmentsView = {
  ...names,
  connectorId: "example",
  connectorName: "Example Ledger",
  selectsAt: "vendor",
  consent: {
    state: "open",
    grantId: "grant",
    expiresAt: "2026-03-02T09:00:00Z",
    keysFrom: "decision",
    withoutKey: [],
  },
  pasteHref: "/a/example-token/key",
  cap: 20,
  inFlight: 2,
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
  activeSince: "2026-03-02T08:00:00Z",
} as const;

export const home: HomeView = {
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
  attention: [{ ...connection, state: "needs_attention", attention: "credential_refused" }],
  requests: [
    {
      id: "request",
      integrationName: names.integrationName,
      partnerName: names.partnerName,
      connectorName: "Example Ledger",
      state: "settled",
      submittedAt: "2026-03-02T08:00:00Z",
      counts: { active: 3, failed: 1 },
    },
  ],
  requestsNextCursor: "next",
  connections: [connection],
  connectionsNextCursor: "next",
  connectionSearch: "",
  areEnded: false,
  hasConnections: true,
};
