import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { isExpired } from "../activation-requests";
import type { ActivationRequest } from "../model";
import { findCompany, findIntegration, type StandIn } from "../stand-in";
import { noticePage } from "./consent-page";

/** What the vendor's dialog and start page show of a request: how it went in each environment. */
export function showRequestStatus(standIn: StandIn, exchange: Exchange): void {
  const request = standIn.store.state.requests.find(({ id }) => String(id) === exchange.param("id"));
  if (!request) {
    exchange.sendPage(noticePage("Unknown request", html`<p>There is no such activation request.</p>`), 404);
    return;
  }
  const rows = request.companyIds.map(
    (id) => html`<tr><td>${findCompany(standIn, id)?.name}</td><td>${describeOutcome(request, id)}</td></tr>`,
  );
  const content = html`<p>${findIntegration(standIn, request.integrationId)?.name}, asked for by ${request.initiator.fullName}.</p>
<table><thead><tr><th>Environment</th><th>Status</th></tr></thead><tbody>${rows}</tbody></table>`;
  exchange.sendPage(noticePage("Activation request", content));
}

function describeOutcome(request: ActivationRequest, companyId: number): string {
  const { decision } = request;
  if (!decision)
    return isExpired(request) ? "Failed: the time ran out. Try again in a while." : "In progress";
  if (decision.approved.includes(companyId)) return "Approved";
  const reason = decision.rejected.find((rejected) => rejected.companyId === companyId)?.reason;
  return reason ? `Rejected: ${reason}` : "Rejected";
}
