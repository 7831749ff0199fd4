import type { Candidate, GrantReading } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { toIsoCountry } from "./countries";
import { parseExpiry } from "./expiry";
import { readIntegrationRequest } from "./integration-request";
import { type CompanyToIntegrate, companyToIntegrate, companyWithoutId } from "./schemas";

/** For an `expires` that we cannot read: short, since the vendor's own time limit is not published. */
const ASSUMED_LIFETIME_MS = 60 * 60 * 1000;

export async function completeGrant(context: ConnectorContext, vendorRequest: string): Promise<GrantReading> {
  const request = await readIntegrationRequest(context, vendorRequest);
  const { candidates, unreadable } = readCompanies(context, request.companiesToIntegrate);
  return {
    vendorRequest,
    isOfOtherIntegration: isOther(context, request.integrationId),
    initiator: { email: request.initiator?.email ?? null, name: request.initiator?.userFullName ?? null },
    candidates,
    unreadable,
    expiresAt: getExpiry(context, request.expires),
  };
}

/** Without the setting every integration of the partner's own key is taken. */
function isOther({ application }: ConnectorContext, integrationId: string): boolean {
  const expected = application.vendorIntegrationId;
  return Boolean(expected) && integrationId !== expected;
}

function getExpiry(context: ConnectorContext, expires: string | number | null | undefined): Date {
  const expiresAt = expires === null || expires === undefined ? null : parseExpiry(expires);
  if (expiresAt) return expiresAt;
  context.log.warn({ expires }, "Procountor's request has no readable expiry; an hour is assumed");
  return new Date(context.now().getTime() + ASSUMED_LIFETIME_MS);
}

function readCompanies(
  context: ConnectorContext,
  companies: readonly unknown[],
): Pick<GrantReading, "candidates" | "unreadable"> {
  const candidates: Candidate[] = [];
  const unreadable: string[] = [];
  for (const entry of companies) {
    const company = companyToIntegrate.safeParse(entry).data;
    if (company) {
      candidates.push(toCandidate(company));
      continue;
    }
    context.log.warn(
      { vendorAnswer: "companiesToIntegrate" },
      "Procountor's request names a company without a usable id",
    );
    const { companyId, extraInfo } = companyWithoutId.safeParse(entry).data ?? {};
    unreadable.push(extraInfo?.companyName ?? extraInfo?.businessIdentifier ?? companyId ?? "?");
  }
  return { candidates, unreadable };
}

function toCandidate({ companyId, extraInfo }: CompanyToIntegrate): Candidate {
  return {
    externalId: companyId,
    name: extraInfo?.companyName ?? null,
    businessId: extraInfo?.businessIdentifier ?? null,
    country: toIsoCountry(extraInfo?.country),
    accountingOffice: extraInfo?.accountingOfficeName ?? null,
    // The vendor lists only companies in which this customer has all rights to user management.
    rights: "full",
    // A company that already runs the integration by a manual set-up is listed like any other.
    existing: "unknown",
    // GET /company tells it, which needs the key that the activation makes.
    productFit: "unknown",
  };
}
