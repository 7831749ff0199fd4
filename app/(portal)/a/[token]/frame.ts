import type { IntegrationView } from "@/lib/catalogue/integration/schema";

/** What the frame of every step says about the integration. */
export function frameOf(view: IntegrationView) {
  const { content } = view.specification;
  return {
    integrationName: content.name,
    partnerName: view.partner.name,
    connectorId: view.connector.id,
    connectorName: view.connector.name,
    stage: view.stage,
    hasSettings: content.settings.length > 0,
    hasPartnerSteps: content.partnerSteps.kind !== "none",
  };
}

/** Addresses of the steps up to `technical-user`. */
export function hrefsOf(token: string) {
  return {
    review: `/a/${token}`,
    environments: `/a/${token}/environments`,
    settings: `/a/${token}/settings`,
    "technical-user": `/a/${token}/technical-user`,
  } as const;
}
