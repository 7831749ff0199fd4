import type { Answer } from "../../web/answer-call";
import { toRightsTree } from "../data/rights";
import { PARTNER_COMPANY } from "../integrations";
import type { Company, TechnicalUser } from "../model";
import { findCompany } from "../stand-in";
import { type ApiCall, apiError, ok, requireToken } from "./api-call";

/** The technical user behind the token, and its company; the integrator's own user has no business here. */
export function requireTechnicalUser(call: ApiCall): { user: TechnicalUser; company: Company } {
  const token = requireToken(call);
  const user = call.standIn.store.state.technicalUsers.find((candidate) => candidate.userId === token.userId);
  const company = findCompany(call.standIn, token.companyId);
  if (!user || !company) throw apiError(403, "No access right to company information.");
  return { user, company };
}

export function getCompany(call: ApiCall): Answer {
  const { company } = requireTechnicalUser(call);
  return ok({
    id: company.id,
    name: company.name,
    country: company.country,
    productVersion: company.productVersion,
    operationType: company.operationType,
    ...(company.accountingOffice
      ? {
          accountingOfficeName: company.accountingOffice.name,
          accountingOfficeId: company.accountingOffice.id,
        }
      : {}),
    businessIdentifier: { brnType: "YHD", code: company.businessId },
  });
}

export function getUserRights(call: ApiCall): Answer {
  const { user } = requireTechnicalUser(call);
  const held = call.standIn.faults.technicalUserRights[String(user.companyId)] ?? user.rights;
  return ok({ role: user.role, rights: toRightsTree(held) });
}

export function getSessionInfo(call: ApiCall): Answer {
  const token = requireToken(call);
  if (token.userId === null) {
    return ok({
      companyId: token.companyId,
      name: PARTNER_COMPANY.name,
      country: "FINLAND",
      userName: "Integrator",
    });
  }
  const { user, company } = requireTechnicalUser(call);
  return ok({
    companyId: company.id,
    name: company.name,
    country: company.country,
    productVersion: company.productVersion,
    userId: user.userId,
    userName: user.username,
  });
}
