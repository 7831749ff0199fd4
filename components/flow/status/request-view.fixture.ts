import type { ActivationState, ActivationView, RequestView } from "@/lib/activation/request/schema";

export function anActivation(
  state: ActivationState,
  overrides: Partial<ActivationView> = {},
): ActivationView {
  return {
    id: `activation-${overrides.environmentName ?? state}`,
    environmentName: "Esimerkkikahvila Oy",
    businessId: "1234567-8",
    state,
    since: "2026-03-02T08:00:00Z",
    failureReason: null,
    rejectionReason: null,
    vendorAnswer: null,
    attention: null,
    connectionId: null,
    hasEnded: false,
    canTakeKey: false,
    rightsInQuestion: [],
    ...overrides,
  };
}

/** A submitted request that waits for the partner. */
export function aRequest(overrides: Partial<RequestView> = {}): RequestView {
  return {
    id: "0190b1f0-1111-7000-8000-000000000001",
    integrationName: "Orders to invoices",
    partnerName: "Esimerkki Software Oy",
    connectorId: "example-ledger",
    connectorName: "Example Ledger",
    stage: "test",
    languages: { partnerSteps: "en", settings: "en" },
    state: "awaiting_partner",
    waitingFor: "partner",
    waitingSince: "2026-03-02T08:00:00Z",
    deadlineAt: "2026-03-02T09:00:00Z",
    submittedAt: "2026-03-02T08:00:00Z",
    submittedBy: "aino@example.com",
    settledAt: null,
    settings: [],
    partnerSteps: { kind: "none" },
    isPartnerStepDone: false,
    canCancel: true,
    isGuest: false,
    retryableCount: 0,
    linkToken: "example-token",
    takesFiles: true,
    nextBatch: null,
    rejectedInARow: 0,
    support: { email: "support@example.com", url: "https://example.com/support", phone: "+358 9 123 4567" },
    notifiedEmail: "aino@example.com",
    mail: "not_yet",
    activations: [anActivation("awaiting_partner")],
    ...overrides,
  };
}

/** A settled request with an environment in each of the given states. */
export function aSettledRequest(
  states: ActivationState[],
  overrides: Partial<RequestView> = {},
): RequestView {
  return aRequest({
    state: "settled",
    waitingFor: null,
    deadlineAt: null,
    settledAt: "2026-03-02T08:10:00Z",
    canCancel: false,
    mail: "sent",
    activations: states.map((state, index) => anActivation(state, { environmentName: `Yritys ${index} Oy` })),
    ...overrides,
  });
}
