import type { Answer } from "../../web/answer-call";
import { isExpired } from "../activation-requests";
import { OTHER_INTEGRATOR_COMPANY, PARTNER_COMPANY } from "../integrations";
import type { AccessToken, ActivationRequest } from "../model";
import { findCompany, findIntegration, type StandIn } from "../stand-in";
import { type ApiCall, apiError, ok, requireToken } from "./api-call";
import { carryOutDecision } from "./carry-out-decision";
import { parseDecision } from "./parse-decision";

const INTEGRATORS: number[] = [PARTNER_COMPANY.id, OTHER_INTEGRATOR_COMPANY.id];

export function requireIntegrator(call: ApiCall): AccessToken {
  const token = requireToken(call);
  if (token.userId !== null || !INTEGRATORS.includes(token.companyId))
    throw apiError(403, "Insufficient user rights.");
  return token;
}

/** The vendor says nothing of requests that were decided already; the stand-in no longer knows them. */
function requireOpenRequest(call: ApiCall): ActivationRequest {
  const { companyId } = requireIntegrator(call);
  const id = Number(call.exchange.param("id"));
  const request = call.standIn.store.state.requests.find((candidate) => candidate.id === id);
  const owner = request && findIntegration(call.standIn, request.integrationId)?.ownerCompanyId;
  if (!request || owner !== companyId || request.decision)
    throw apiError(404, "API integration request not found.");
  if (isExpired(request)) throw apiError(410, "Integration request has expired.");
  return request;
}

export function getIntegrationRequest(call: ApiCall): Answer {
  const request = requireOpenRequest(call);
  return ok({
    integrationId: request.integrationId,
    expires: request.expiresAt,
    initiator: { email: request.initiator.email, userFullName: request.initiator.fullName },
    companiesToIntegrate: request.companyIds.map((id) => describeCompany(call.standIn, id)),
  });
}

function describeCompany(standIn: StandIn, companyId: number): object {
  const company = findCompany(standIn, companyId);
  if (!company) return { companyId };
  return {
    companyId,
    extraInfo: {
      companyName: company.name,
      country: company.country,
      ...(company.accountingOffice ? { accountingOfficeName: company.accountingOffice.name } : {}),
      businessIdentifier: { brnType: "YHD", code: company.businessId },
    },
  };
}

export async function putIntegrationRequest(call: ApiCall): Promise<Answer> {
  const body = await call.exchange.readJson();
  const request = requireOpenRequest(call);
  return ok(carryOutDecision(call.standIn, request, parseDecision(body, request)));
}
