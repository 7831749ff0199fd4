import { makeRequestId } from "./make-key";
import type { ActivationRequest, Company, Integration, Persona } from "./model";
import { findCompany, type StandIn } from "./stand-in";
import { findTechnicalUser } from "./state";

/** Companies that the vendor lists: full rights to user management, and not activated through the flow already. */
export function listPickableCompanies(
  standIn: StandIn,
  integration: Integration,
  persona: Persona,
): Company[] {
  return persona.companyIds.flatMap((id) => {
    const company = findCompany(standIn, id);
    const isManaged = findTechnicalUser(standIn.store.state, integration.id, id)?.isManaged ?? false;
    return company && !isManaged ? [company] : [];
  });
}

/** The customer finished the vendor's dialog: a request that waits for the integrator's decision. */
export function createRequest(
  standIn: StandIn,
  integration: Integration,
  initiator: ActivationRequest["initiator"],
  companyIds: number[],
  lifetimeSeconds = standIn.faults.requestLifetimeSeconds,
): { request: ActivationRequest; callbackUrl: string } {
  const now = Date.now();
  const request: ActivationRequest = {
    id: makeRequestId(),
    integrationId: integration.id,
    initiator,
    companyIds,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimeSeconds * 1000).toISOString(),
    decision: null,
  };
  standIn.store.state.requests.push(request);
  standIn.store.save();
  return { request, callbackUrl: getCallbackUrl(integration, request) };
}

function getCallbackUrl(integration: Integration, request: ActivationRequest): string {
  const url = new URL(integration.callbackUrl);
  url.searchParams.set(integration.callbackParameter, String(request.id));
  return url.href;
}

export function isExpired(request: ActivationRequest): boolean {
  return Date.parse(request.expiresAt) <= Date.now();
}
