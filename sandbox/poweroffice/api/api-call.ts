import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import type { Client, ClientIntegration } from "../model";
import { findClient, type StandIn } from "../stand-in";

/** A call of the vendor's API below its version prefix. */
export type ApiCall = { standIn: StandIn; exchange: Exchange };
export type ApiHandler = (call: ApiCall) => Answer | Promise<Answer>;

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A list; one without rows is 204 without a body, not `[]`. */
export function list(rows: unknown[]): Answer {
  if (rows.length === 0) return { status: 204 };
  return { status: 200, body: rows, headers: { "x-pagination": JSON.stringify({ totalPages: 1 }) } };
}

/** Real bodies are lower case, although the document writes `Title` and `Detail`. */
export function problem(status: number, title: string, detail: string): HttpError {
  return new HttpError(status, { title, status, detail });
}

/** The integration that the bearer token stands for. */
export function requireIntegration({ standIn, exchange }: ApiCall): {
  integration: ClientIntegration;
  client: Client;
} {
  const { state } = standIn.store;
  const text = /^Bearer (\S+)$/i.exec(exchange.request.headers.authorization ?? "")?.[1] ?? "";
  const token = Object.hasOwn(state.accessTokens, text) ? state.accessTokens[text] : undefined;
  const integration =
    token && token.expiresAtMs > Date.now()
      ? state.integrations.find((one) => one.clientKey === token.clientKey && one.isActive)
      : undefined;
  const client = integration && findClient(standIn, integration.clientId);
  if (!integration || !client) throw new HttpError(401, undefined);
  return { integration, client };
}

/** As `requireIntegration`, for a call that needs one of these privileges; 403 comes with an empty body. */
export function requirePrivilege(call: ApiCall, ...anyOf: string[]): Client {
  const { client } = requireIntegration(call);
  const { valid } = judgePrivileges(call.standIn, client);
  if (!anyOf.some((privilege) => valid.includes(privilege))) throw new HttpError(403, undefined);
  return client;
}

/** Privileges that Go's module for bookkeeping is needed for; the stand-in knows no others. */
const NEEDS_NO_MODULE = ["CommonServices"];

/** What the application may do on a client: granted and usable with its modules, or granted in vain. */
export function judgePrivileges(
  { application, faults }: StandIn,
  client: Client,
): { valid: string[]; invalid: string[] } {
  const registered = faults.privileges[client.id] ?? application.privileges;
  const granted = registered.filter((privilege) => !faults.withheldPrivileges.includes(privilege));
  const isUsable = (privilege: string): boolean =>
    NEEDS_NO_MODULE.includes(privilege) || client.subscriptions.includes("Accounting");
  return {
    valid: granted.filter(isUsable),
    invalid: granted.filter((privilege) => !isUsable(privilege)),
  };
}
