import { z } from "zod";
import { tenantId } from "./credential";

const text = z.string().max(2000);
const CLAIM = "http://schemes.superoffice.net/identity/";
export const CONTEXT_CLAIM = `${CLAIM}ctx`;

/** `POST /login/common/oauth/tokens`. */
export const tokensAnswer = z.object({ id_token: text.max(20_000) });

/** `GET /login/.well-known/jwks` (RFC 7517). */
export const keySetAnswer = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/** Claims of the id_token that an administrator's approval brings; booleans are the words True and False. */
export const identityClaims = z
  .looseObject({
    nonce: z.string(),
    [`${CLAIM}ctx`]: tenantId,
    [`${CLAIM}is_administrator`]: z.string().optional(),
    [`${CLAIM}system_token`]: text.optional(),
    [`${CLAIM}company_name`]: text.optional(),
    [`${CLAIM}email`]: text.optional(),
  })
  .transform((claims) => ({
    nonce: claims.nonce,
    tenant: tenantId.parse(claims[`${CLAIM}ctx`]),
    isAdministrator: String(claims[`${CLAIM}is_administrator`] ?? "").toLowerCase() === "true",
    systemToken: readText(claims[`${CLAIM}system_token`]),
    companyName: readText(claims[`${CLAIM}company_name`]),
    email: readText(claims[`${CLAIM}email`]),
  }));

/** The claim of the system user's token that opens the API. */
export const ticketClaims = z
  .looseObject({ [`${CLAIM}ticket`]: text })
  .transform((claims) => ({ ticket: text.parse(claims[`${CLAIM}ticket`]) }));

function readText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** What SuperOffice posts when a tenant's state changes; it has more fields, of which nothing is believed. */
export const stateChange = z.object({
  ChangeType: z.number().int(),
  ContextIdentifier: tenantId,
  Token: text.max(20_000),
});

/** `GET /api/state/{tenant}`. */
export const stateAnswer = z.object({
  ContextIdentifier: tenantId,
  Api: z.string().nullish(),
  State: z.string(),
  IsRunning: z.boolean(),
  ValidUntil: z.string().nullish(),
});

/** `POST /Login/api/PartnerSystemUser/Authenticate`. The codes are those of `AuthorizeErrorCode`. */
export const authenticateAnswer = z.object({
  IsSuccessful: z.boolean(),
  Token: z.string().max(20_000).nullish(),
  ErrorMessage: z.string().nullish(),
  ErrorCode: z.union([z.number(), z.string()]).nullish(),
});

/** `GET /v1/User/currentPrincipal`. */
export const principalAnswer = z.object({ DatabaseContextIdentifier: z.string().nullish() });
