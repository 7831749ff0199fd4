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
  const { customerStatus, customersPerPage } = call.standIn.faults;
  const rows = users.map(({ companyId }) => ({
    companyId,
    integrationVersionStatus: customerStatus[String(companyId)] ?? "APPROVED",
  }));
  return ok(customersPerPage === null ? rows : pageOf(rows, customersPerPage, call));
}

/** As the vendor's other lists come: pages from 0, of at most `perPage` whatever is asked for. */
function pageOf(rows: object[], perPage: number, { exchange }: ApiCall): object {
  const { searchParams } = exchange.url;
  const size = Math.min(Number(searchParams.get("size") ?? perPage), perPage);
  const page = Number(searchParams.get("page") ?? 0);
  const results = rows.slice(page * size, (page + 1) * size);
  const meta = { pageNumber: page, pageSize: size, resultCount: results.length, totalCount: rows.length };
  return { results, meta };
}
