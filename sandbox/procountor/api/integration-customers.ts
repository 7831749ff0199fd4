import type { Answer } from "../../web/answer-call";
import { findIntegration } from "../stand-in";
import { type ApiCall, apiError, ok } from "./api-call";
import { requireIntegrator } from "./integration-requests";

export function listIntegrationCustomers(call: ApiCall): Answer {
  const { companyId } = requireIntegrator(call);
  const integration = findIntegration(call.standIn, call.exchange.param("id"));
  if (integration?.ownerCompanyId !== companyId) throw apiError(403, "Insufficient user or company rights.");
  const users = call.standIn.store.state.technicalUsers.filter(
    (user) => user.integrationId === integration.id && user.isManaged,
  );
  return ok(users.map((user) => ({ companyId: user.companyId, integrationVersionStatus: "APPROVED" })));
}
