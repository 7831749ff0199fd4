import type { z } from "zod";
import type { Candidate, GrantReading } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { readEach } from "@/lib/connectors/read-each";
import { toIsoCountry } from "./countries";
import { parseExpiry } from "./expiry";
import { readIntegrationRequest } from "./integration-request";
import { companyToIntegrate, companyWithoutId } from "./schemas";

/** For an `expires` that we cannot read: short, since the vendor's own time limit is not published. */
const ASSUMED_LIFETIME_MS = 60 * 60 * 1000;

export async function completeGrant(context: ConnectorContext, vendorRequest: string): Promise<GrantReading> {
  const request = await readIntegrationRequest(context, vendorRequest);
  const { read, leftOut } = readEach(companyToIntegrate, request.companiesToIntegrate);
  if (leftOut.length > 0)
    context.log.warn({ count: leftOut.length }, "Procountor's request holds companies without a usable id");
  const byId = new Map(read.map((company) => [company.companyId, company]));
  return {
    vendorRequest,
    isOfOtherIntegration: isOther(context, request.integrationId),
    initiator: { email: request.initiator?.email ?? null, name: request.initiator?.userFullName ?? null },
    candidates: [...byId.values()].map(toCandidate),
    leftOut: leftOut.map(nameOf),
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

type Company = z.infer<typeof companyToIntegrate>;

function nameOf(entry: unknown): string {
  const { companyId, extraInfo } = companyWithoutId.safeParse(entry).data ?? {};
  return extraInfo?.companyName ?? extraInfo?.businessIdentifier ?? companyId ?? "?";
}

function toCandidate({ companyId, extraInfo }: Company): Candidate {
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
