import { SPECIAL_COMPANIES } from "../data/companies";
import type { ActivationRequest, Integration } from "../model";
import { findIntegration, type StandIn } from "../stand-in";
import { addTechnicalUser, findTechnicalUser, makeApiKey } from "../state";
import type { ParsedDecision } from "./parse-decision";

type IssuedKey = { companyId: number; apiKey: string };

/** Adds the technical users and hands out their keys, this once. */
export function carryOutDecision(
  standIn: StandIn,
  request: ActivationRequest,
  decision: ParsedDecision,
): { integrationId: string; companiesIntegrated: IssuedKey[] } {
  const integration = findIntegration(standIn, request.integrationId);
  if (!integration) throw new Error(`the request names the unknown integration ${request.integrationId}`);
  const { faults } = standIn;
  const withheld = new Set<number>([
    SPECIAL_COMPANIES.keyNotIssued,
    ...faults.notIssued,
    ...faults.withholdNextKey.filter((id) => decision.approve.includes(id)),
  ]);
  faults.withholdNextKey = faults.withholdNextKey.filter((id) => !decision.approve.includes(id));
  const companiesIntegrated = decision.approve
    .filter((companyId) => !withheld.has(companyId))
    .map((companyId) => activateIn(standIn, integration, companyId));
  for (const { companyId } of companiesIntegrated) revokeAtOnce(standIn, integration, companyId);
  request.decision = { at: new Date().toISOString(), approved: decision.approve, rejected: decision.reject };
  standIn.store.save();
  return { integrationId: integration.id, companiesIntegrated };
}

/** A technical user that is there already, by a manual set-up, stays as it is and its existing key is returned. */
function activateIn(standIn: StandIn, integration: Integration, companyId: number): IssuedKey {
  const { state } = standIn.store;
  const existing = findTechnicalUser(state, integration.id, companyId);
  if (!existing)
    return { companyId, apiKey: addTechnicalUser(state, integration, companyId, { isManaged: true }).apiKey };
  if (existing.isRevoked) {
    existing.apiKey = makeApiKey(integration, existing.userId, companyId);
    existing.isRevoked = false;
  }
  existing.isManaged = true;
  return { companyId, apiKey: existing.apiKey };
}

/** Somebody was quick: the key that is handed out works no more. */
function revokeAtOnce({ store, faults }: StandIn, integration: Integration, companyId: number): void {
  if (!faults.revokeNextKey.includes(companyId)) return;
  faults.revokeNextKey = faults.revokeNextKey.filter((id) => id !== companyId);
  const user = findTechnicalUser(store.state, integration.id, companyId);
  if (user) user.isRevoked = true;
}
