import type { Exchange } from "../web/exchange";
import { html } from "../web/html";
import type { JsonStore } from "../web/json-store";
import { explain, partnerPage, rawAnswer } from "./partner-page";
import type { PartnerDecision, PortalAnswer, PortalClient, PortalRequest } from "./portal-client";
import { readRequest } from "./read-request";
import { requestPage, silentPage } from "./request-page";
import { mayVisit, rememberVisit, type Visits } from "./visits";

export type Partner = { client: PortalClient; store: JsonStore<Visits> };

/** `/partner/start?code=…`: the code is redeemed at once and leaves the address bar. */
export async function start({ client, store }: Partner, exchange: Exchange): Promise<void> {
  const answer = await client.redeem(exchange.url.searchParams.get("code") ?? "");
  const request = answer.status < 300 ? readRequest(answer.body) : null;
  if (!request) {
    sendCodeRefused(exchange, answer);
    return;
  }
  const cookie = rememberVisit(store, exchange, request.id);
  exchange.redirect(`/partner/requests/${encodeURIComponent(request.id)}`, { "set-cookie": cookie });
}

function sendCodeRefused(exchange: Exchange, answer: PortalAnswer): void {
  const isUsedUp = [400, 404, 409, 410].includes(answer.status);
  const content = html`<p>${isUsedUp ? "This link was used already or has expired. Go back to the portal and open this page from there again." : explain(answer)}</p>
${rawAnswer(answer)}`;
  exchange.sendPage(partnerPage("This page has to be opened from the portal", content), isUsedUp ? 410 : 502);
}

/** The request of a page below `/partner/requests/:id`, or null after an answer that says why not. */
async function openRequest({ client, store }: Partner, exchange: Exchange): Promise<PortalRequest | null> {
  const id = exchange.param("id");
  if (!mayVisit(store, exchange, id)) {
    const content = html`<p>Open this page from the portal: it brings the request along.</p>`;
    exchange.sendPage(partnerPage("Which request?", content), 404);
    return null;
  }
  const answer = await client.read(id);
  const request = answer.status < 300 ? readRequest(answer.body) : null;
  if (request) return request;
  const content = html`<p class="error" role="alert">${explain(answer)}</p>${rawAnswer(answer)}`;
  exchange.sendPage(partnerPage("The request cannot be shown", content), 502);
  return null;
}

export async function show(partner: Partner, exchange: Exchange): Promise<void> {
  const request = await openRequest(partner, exchange);
  if (request) exchange.sendPage(requestPage(request, null));
}

export async function staySilent(partner: Partner, exchange: Exchange): Promise<void> {
  const request = await openRequest(partner, exchange);
  if (request) exchange.sendPage(silentPage(request));
}

export async function approveAll(partner: Partner, exchange: Exchange): Promise<void> {
  const request = await openRequest(partner, exchange);
  if (!request) return;
  const approve = request.environments.map(({ environmentId }) => environmentId);
  await decide(partner, exchange, request, { approve, reject: [] });
}

export async function rejectSome(partner: Partner, exchange: Exchange): Promise<void> {
  const form = await exchange.readForm();
  const request = await openRequest(partner, exchange);
  if (!request) return;
  const rejected = new Set(form.getAll("reject"));
  const reason = (form.get("reason") ?? "").trim();
  if (rejected.size === 0 || reason === "") {
    const error =
      rejected.size === 0 ? "Tick what is to be rejected." : "Give a reason: the customer reads it.";
    exchange.sendPage(requestPage(request, error), 400);
    return;
  }
  const ids = request.environments.map(({ environmentId }) => environmentId);
  await decide(partner, exchange, request, {
    approve: ids.filter((id) => !rejected.has(id)),
    reject: ids.filter((id) => rejected.has(id)).map((environmentId) => ({ environmentId, reason })),
  });
}

async function decide(
  { client }: Partner,
  exchange: Exchange,
  request: PortalRequest,
  decision: PartnerDecision,
): Promise<void> {
  const answer = await client.decide(request.id, decision);
  const back = html`<p><a href="/partner/requests/${request.id}">Back to the request</a></p>${rawAnswer(answer)}`;
  if (answer.status >= 200 && answer.status < 300) {
    const { approve, reject } = decision;
    const content = html`<p>The portal took the decision: ${approve.length} approved, ${reject.length} rejected. You can close this tab; the
portal goes on by itself.</p>${back}`;
    exchange.sendPage(partnerPage("Thank you", content));
    return;
  }
  const content = html`<p class="error" role="alert">${explain(answer)}</p>${back}`;
  exchange.sendPage(partnerPage("The decision was not taken", content), 502);
}
