import { parseAnswer } from "@/lib/connectors/parse-answer";
import type { ConnectorContext, ProductFit, RightAsked, Verification } from "@/lib/connectors/types";
import { compareRights } from "./compare-rights";
import { toIsoCountry } from "./countries";
import { companyAnswer, userRightsAnswer } from "./schemas";
import type { Caller } from "./token";
import { readResource } from "./vendor-client";

const COMPANY = "GET /company";
const USER_RIGHTS = "GET /users/rights";

/** Which company a key belongs to and what its user may do there, against what the specification asks. */
export async function verify(
  context: ConnectorContext,
  credential: { connectionId: string; secret: string },
  asked: readonly RightAsked[],
): Promise<Verification> {
  const caller: Caller = {
    subject: { kind: "connection", connectionId: credential.connectionId },
    apiKey: credential.secret,
  };
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
