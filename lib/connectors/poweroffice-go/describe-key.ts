import type { Candidate } from "@/lib/connectors/consent";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import { readClientInformation } from "./client-information";
import { comparePrivileges, findUncovered } from "./compare-privileges";

/** All clients of Go are Norwegian: its organization numbers and modules are. */
const COUNTRY = "NO";

/** The client that a key belongs to. The answer has no organization number; the consent's own answer had it. */
export async function describeKey(
  context: ConnectorContext,
  key: HeldKey,
  asked: readonly RightAsked[],
): Promise<Candidate> {
  const information = await readClientInformation(context, key);
  const uncovered = findUncovered(information, asked);
  const missing = comparePrivileges(information, asked).missing.filter(
    ({ path }) => !uncovered.some((right) => right.path === path),
  );
  return {
    externalId: information.ClientId,
    name: information.ClientName,
    businessId: null,
    country: COUNTRY,
    accountingOffice: null,
    // The customer's own role is proven by the consent; what can be missing is a privilege of the integration.
    rights: missing.length > 0 ? "missing" : "full",
    // Onboarding an active client again looks the same as onboarding it first.
    existing: "unknown",
    productFit: uncovered.length > 0 ? "wrong" : "ok",
  };
}
