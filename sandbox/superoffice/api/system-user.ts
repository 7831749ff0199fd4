import { randomBytes, verify } from "node:crypto";
import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { signToken } from "../login/signing-keys";
import type { Approval, Tenant } from "../model";
import { findTenant, type StandIn } from "../stand-in";

const CLAIM = "http://schemes.superoffice.net/identity/";
const TOKEN_LIFETIME_SECONDS = 600;
/** A signed token is taken for a day; a clock that goes ahead is forgiven for some minutes. */
const LONGEST_AGE_MS = 24 * 60 * 60 * 1000;
const LONGEST_LEAD_MS = 10 * 60 * 1000;

/** Names of `AuthorizeErrorCode`. How the vendor words a refusal beyond `ErrorMessage` is not documented. */
type Refusal = "Revoked" | "Expired" | "Denied" | "NeedsReapproval" | "InvalidTimestamp" | "InvalidSignature";

const REFUSED_BY_APPROVAL: Readonly<Record<Exclude<Approval, "active">, Refusal>> = {
  none: "Revoked",
  revoked: "Revoked",
  expired: "Expired",
  needs_reapproval: "NeedsReapproval",
};

/** `POST /Login/api/PartnerSystemUser/Authenticate`: a signed system token for a ticket of the tenant's system user. */
export async function authenticate(standIn: StandIn, exchange: Exchange): Promise<Answer> {
  const body = await exchange.readJson();
  const read = (name: string): string => {
    const value =
      typeof body === "object" && body !== null ? Object.entries(body).find(([key]) => key === name) : null;
    return typeof value?.[1] === "string" ? value[1] : "";
  };
  if (read("ReturnTokenType") !== "JWT") return refuse("Denied");
  if (read("ApplicationToken") !== standIn.application.clientSecret) return refuse("Denied");
  const [systemToken = "", minute = "", signature = ""] = read("SignedSystemToken").split(".");
  if (!isSignedByApplication(standIn, `${systemToken}.${minute}`, signature))
    return refuse("InvalidSignature");
  if (!isRecent(minute)) return refuse("InvalidTimestamp");
  const tenant = findTenant(standIn, read("ContextIdentifier"));
  if (!tenant || tenant.systemToken !== systemToken) return refuse("Revoked");
  if (tenant.approval !== "active") return refuse(REFUSED_BY_APPROVAL[tenant.approval]);
  return succeed(standIn, tenant);
}

function refuse(ErrorMessage: Refusal): Answer {
  return { status: 200, body: { IsSuccessful: false, Token: null, ErrorMessage } };
}

function succeed(standIn: StandIn, tenant: Tenant): Answer {
  const ticket = `7T:${randomBytes(24).toString("base64url")}`;
  const { store, url } = standIn;
  store.state.tickets[ticket] = { ticket, tenantId: tenant.id, usedAtMs: Date.now() };
  store.save();
  const own = { ctx: tenant.id, ticket, webapi_url: `${url}/${tenant.host}/${tenant.id}/api/` };
  const claims = Object.fromEntries(Object.entries(own).map(([name, value]) => [`${CLAIM}${name}`, value]));
  const Token = signToken(standIn, claims, TOKEN_LIFETIME_SECONDS);
  return { status: 200, body: { IsSuccessful: true, Token, ErrorMessage: null } };
}

function isSignedByApplication({ application }: StandIn, data: string, signature: string): boolean {
  return verify("RSA-SHA256", Buffer.from(data), application.publicKey, Buffer.from(signature, "base64"));
}

/** `yyyyMMddHHmm` in UTC. */
function isRecent(minute: string): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(minute);
  if (!match) return false;
  const [, year, month, day, hour, minutes] = match.map(Number);
  const age = Date.now() - Date.UTC(Number(year), Number(month) - 1, day, hour, minutes);
  return age <= LONGEST_AGE_MS && age >= -LONGEST_LEAD_MS;
}
