import type { EnvironmentOption } from "@/lib/activation/draft/schema";

/** An environment that can be ticked, with what a test cares about on top. */
export function anOption(overrides: Partial<EnvironmentOption> & { candidateId: string }): EnvironmentOption {
  return {
    grantId: "grant",
    externalId: `ext-${overrides.candidateId}`,
    name: "Esimerkkikahvila Oy",
    businessId: null,
    country: "FI",
    accountingOffice: null,
    isPicked: false,
    blocked: null,
    isManual: false,
    isRightsUnknown: false,
    isProductUnknown: false,
    ...overrides,
  };
}
