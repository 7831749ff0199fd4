import type { Verification } from "@/lib/connectors/connector";
import type { ProductFit } from "@/lib/connectors/consent";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { compareRights } from "./compare-rights";
import { toIsoCountry } from "./countries";
import { companyAnswer, userRightsAnswer } from "./schemas";
import type { Caller } from "./token";
import { readResource } from "./vendor-client";

const COMPANY = "GET /company";
const USER_RIGHTS = "GET /users/rights";

/** Which company a connection's key belongs to and what its user may do there, against what the specification asks. */
export function verify(
  context: ConnectorContext,
  { connectionId, secret }: { connectionId: string; secret: string },
  asked: readonly RightAsked[],
): Promise<Verification> {
  return readKey(context, { subject: { kind: "connection", connectionId }, apiKey: secret }, asked);
}

/** The same for a key of a technical user that the customer made by hand. */
export function pasteKey(
  context: ConnectorContext,
  { subject, secret }: HeldKey,
  asked: readonly RightAsked[],
): Promise<Verification> {
  return readKey(context, { subject, apiKey: secret }, asked);
}

async function readKey(
  context: ConnectorContext,
  caller: Caller,
  asked: readonly RightAsked[],
): Promise<Verification> {
  const company = parseAnswer(
    context,
    COMPANY,
    companyAnswer,
    await readResource(context, caller, COMPANY, "/company"),
  );
  const rights = await readResource(context, caller, USER_RIGHTS, "/users/rights");
  return {
    identity: {
      externalId: company.id,
      name: company.name ?? company.id,
      businessId: company.businessIdentifier,
      country: toIsoCountry(company.country),
    },
    productFit: getProductFit(company.productVersion),
    rights: compareRights(parseAnswer(context, USER_RIGHTS, userRightsAnswer, rights), asked),
  };
}

/** The API is meant for the Financials product (API certification checkpoint 5). */
function getProductFit(productVersion: string | null): ProductFit {
  if (productVersion === null) return "unknown";
  return productVersion.startsWith("FINANCIALS") ? "ok" : "wrong";
}
