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

const DEFAULT_PAGE_SIZE = 5000;
const MOST_PAGE_SIZE = 20_000;

/**
 * A page of a list, with the fields that are asked for; one without rows is 204 without a body, not `[]`. Questions in the
 * manner of OData are refused.
 */
export function list({ exchange }: ApiCall, rows: object[]): Answer {
  const { searchParams } = exchange.url;
  if ([...searchParams.keys()].some((name) => name.startsWith("$")))
    throw problem(400, "Invalid resourceParameter", "OData query options are not supported.");
  const size = Math.min(Number(searchParams.get("PageSize") ?? DEFAULT_PAGE_SIZE), MOST_PAGE_SIZE);
  const page = Number(searchParams.get("PageNumber") ?? 1);
  const wanted = rows.slice((page - 1) * size, page * size);
  if (wanted.length === 0) return { status: 204 };
  const totalPages = Math.ceil(rows.length / size);
  const next = new URL(exchange.url);
  next.searchParams.set("PageNumber", String(page + 1));
  const pagination = {
    totalPages,
    ...(page < totalPages && { nextPageLink: `${next.pathname}${next.search}` }),
  };
  const fields = searchParams.get("Fields")?.split(",");
  return {
    status: 200,
    body: fields ? wanted.map((row) => pick(row, fields)) : wanted,
    headers: { "x-pagination": JSON.stringify(pagination) },
  };
}

function pick(row: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));
}

/** A body as an object; of its fields only those that the document names may be there. */
export async function readObject(
  { exchange }: ApiCall,
  fields: readonly string[],
): Promise<Record<string, unknown>> {
  const body = await exchange.readJson();
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw problem(400, "Unable to cast object(s)", "The body is not a valid object.");
  const unknown = Object.keys(body).find((name) => !fields.includes(name));
  if (unknown !== undefined)
    throw problem(400, "Unable to cast object(s)", `Could not find member '${unknown}' on object.`);
  return { ...body };
}

/** Real bodies are lower case, although the document writes `Title` and `Detail`. */
export function problem(status: number, title: string, detail: string): HttpError {
  return new HttpError(status, { title, status, detail });
}

/** The integration that the bearer token stands for. */
export function requireIntegration({ standIn, exchange }: ApiCall): {
  integration: ClientIntegration;
  client: Client;
  /** What the token may do on the client, however long ago it was made. */
  granted: string[];
} {
  const { state } = standIn.store;
  const text = /^Bearer (\S+)$/i.exec(exchange.request.headers.authorization ?? "")?.[1] ?? "";
  const token = Object.hasOwn(state.accessTokens, text) ? state.accessTokens[text] : undefined;
  const integration =
    token && token.expiresAtMs > Date.now()
      ? state.integrations.find(
          (one) => one.clientKey === token.clientKey && one.isActive && !one.isSwitchedOff,
        )
      : undefined;
  const client = integration && findClient(standIn, integration.clientId);
  if (!token || !integration || !client) throw new HttpError(401, undefined);
  return { integration, client, granted: token.granted };
}

/** As `requireIntegration`, for a call that needs one of these privileges; 403 comes with an empty body. */
export function requirePrivilege(call: ApiCall, ...anyOf: string[]): Client {
  const { client, granted } = requireIntegration(call);
  const { valid } = judgePrivileges(client, granted);
  if (!anyOf.some((privilege) => valid.includes(privilege))) throw new HttpError(403, undefined);
  return client;
}

/** Privileges that Go's module for bookkeeping is needed for; the stand-in knows no others. */
const NEEDS_NO_MODULE = ["CommonServices"];

/** What the application may do on a client now, as a token that is made now keeps it. */
export function listGranted({ application, faults }: StandIn, client: Client): string[] {
  const registered = faults.privileges[client.id] ?? application.privileges;
  return registered.filter((privilege) => !faults.withheldPrivileges.includes(privilege));
}

/** What is granted on a client: usable with its modules, or granted in vain. */
export function judgePrivileges(
  client: Client,
  granted: readonly string[],
): { valid: string[]; invalid: string[] } {
  const isUsable = (privilege: string): boolean =>
    NEEDS_NO_MODULE.includes(privilege) || client.subscriptions.includes("Accounting");
  return {
    valid: granted.filter(isUsable),
    invalid: granted.filter((privilege) => !isUsable(privilege)),
  };
}
