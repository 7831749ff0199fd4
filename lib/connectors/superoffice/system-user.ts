import { createSign } from "node:crypto";
import { z } from "zod";
import type { ConnectorContext, FreshToken, HeldKey } from "@/lib/connectors/context";
import { ConnectorError, type ConnectorErrorKind } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import type { VendorRequest } from "@/lib/connectors/send-request";
import { noAnswer, pickMessages } from "@/lib/connectors/vendor-answer";
import { withFreshToken } from "@/lib/connectors/with-token";
import { AppError } from "@/lib/core/app-error";
import { getLoginUrl } from "./base-url";
import { callVendor } from "./call-vendor";
import type { SystemCredential } from "./credential";
import { authenticateAnswer, ticketClaims } from "./schemas";
import { verifyToken } from "./sign-in";
import { locateTenant } from "./tenant-state";

const AUTHENTICATE = "POST /Login/api/PartnerSystemUser/Authenticate";
/** A ticket lives six hours from its last use; renewed earlier, it is never met at its end. */
const TICKET_SECONDS = 5 * 60 * 60;

/** What is cached as the token of a key: where the tenant's API is, and the ticket that opens it. */
const session = z.object({ api: z.string(), ticket: z.string() });

/**
 * What a code of `AuthorizeErrorCode` says, by its number and its name: the administrator took the approval back or it ran out
 * (1, 3, 5), or the application's own address, clock or signature is wrong (2, 6, 7). Denied (4) names neither, so that it is
 * `unexpected` and ends no connection.
 */
const KIND_OF_CODE: Readonly<Record<string, ConnectorErrorKind>> = {
  "1": "disconnected",
  revoked: "disconnected",
  "3": "disconnected",
  expired: "disconnected",
  "5": "disconnected",
  needsreapproval: "disconnected",
  "2": "application_refused",
  invalidredirecturl: "application_refused",
  "6": "application_refused",
  invalidtimestamp: "application_refused",
  "7": "application_refused",
  invalidsignature: "application_refused",
};

/** `token.yyyyMMddHHmm.signature`, in UTC: the signed form of a system token. Throws `misconfigured` for a key that cannot sign. */
export function signSystemToken(systemToken: string, privateKey: string, now: Date): string {
  const minute = now.toISOString().replace(/\D/g, "").slice(0, 12);
  const data = `${systemToken}.${minute}`;
  try {
    return `${data}.${createSign("RSA-SHA256").update(data).sign(privateKey, "base64")}`;
  } catch (cause) {
    throw new AppError("misconfigured", "the private key of the vendor application cannot sign", { cause });
  }
}

/** A fresh ticket for the tenant's system user. `disconnected` when the approval was taken back or has run out. */
export async function requestTicket(
  context: ConnectorContext,
  { tenant, systemToken }: SystemCredential,
): Promise<string> {
  const signed = signSystemToken(systemToken, getSecret(context, "privateKey"), context.now());
  const answer = await callVendor(context, tenant, {
    operation: AUTHENTICATE,
    method: "POST",
    url: getLoginUrl(context.application, "/Login/api/PartnerSystemUser/Authenticate"),
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      SignedSystemToken: signed,
      ApplicationToken: getSecret(context, "applicationToken"),
      ContextIdentifier: tenant,
      ReturnTokenType: "JWT",
    }),
    secrets: [systemToken, signed],
  });
  const { IsSuccessful, Token, ErrorMessage, ErrorCode } = parseAnswer(
    context,
    AUTHENTICATE,
    authenticateAnswer,
    answer,
  );
  if (IsSuccessful && Token) {
    const claims = await verifyToken(context, AUTHENTICATE, Token);
    return parseAnswer(context, AUTHENTICATE, ticketClaims, claims).ticket;
  }
  const code = String(ErrorCode ?? ErrorMessage ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  const messages = pickMessages([ErrorMessage ?? ""], [systemToken, signed]);
  const refused = { ...noAnswer(AUTHENTICATE, context.now()), status: 200, messages };
  throw new ConnectorError(KIND_OF_CODE[code] ?? "unexpected", refused);
}

type TenantRequest = Pick<VendorRequest, "operation" | "method" | "headers"> & {
  path: string;
  body?: unknown;
};

/**
 * A call in the name of the tenant's system user, at the address that its state names; once more with a new ticket and address
 * when the first is refused. `unavailable` while the tenant is not running. Repeats nothing else.
 */
export function callAsSystemUser(
  context: ConnectorContext,
  key: HeldKey<SystemCredential>,
  { operation, method, path, headers, body }: TenantRequest,
): Promise<unknown> {
  const { tenant, systemToken } = key.secret;
  const bearer = { subject: key.subject, requestToken: () => openSession(context, key.secret) };
  return withFreshToken(context, bearer, (token) => {
    const { api, ticket } = session.parse(JSON.parse(token));
    return callVendor(context, tenant, {
      operation,
      method,
      url: `${api}${path}`,
      headers: {
        authorization: `SOTicket ${ticket}`,
        "so-apptoken": getSecret(context, "applicationToken"),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      secrets: [ticket, systemToken],
    });
  });
}

/** A read, repeated while the vendor is away. */
export function readAsSystemUser(
  context: ConnectorContext,
  key: HeldKey<SystemCredential>,
  { operation, path }: { operation: string; path: string },
): Promise<unknown> {
  return repeatRead(context, () => callAsSystemUser(context, key, { operation, method: "GET", path }));
}

async function openSession(context: ConnectorContext, credential: SystemCredential): Promise<FreshToken> {
  const { api, validUntil } = await locateTenant(context, credential.tenant);
  const ticket = await requestTicket(context, credential);
  const validSeconds = Math.floor((validUntil.getTime() - context.now().getTime()) / 1000);
  const expiresInSeconds = Math.max(0, Math.min(TICKET_SECONDS, validSeconds));
  return { token: JSON.stringify({ api, ticket }), expiresInSeconds };
}
