import type { RightsCheck, Verification } from "@/lib/connectors/connector";
import type { Candidate } from "@/lib/connectors/consent";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { RightAsked } from "@/lib/connectors/manifest";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import type { SystemCredential } from "./credential";
import { principalAnswer } from "./schemas";
import { readAsSystemUser, requestTicket } from "./system-user";

const PRINCIPAL = { operation: "GET /v1/User/currentPrincipal", path: "/v1/User/currentPrincipal" };

/** The tenant that the ticket opens. */
async function readTenant(context: ConnectorContext, key: HeldKey<SystemCredential>): Promise<string> {
  const answer = await readAsSystemUser(context, key, PRINCIPAL);
  const principal = parseAnswer(context, PRINCIPAL.operation, principalAnswer, answer);
  return principal.DatabaseContextIdentifier ?? key.secret.tenant;
}

/** The tenant, seen through its own system user. */
export async function describeTenant(
  context: ConnectorContext,
  key: HeldKey<SystemCredential>,
): Promise<Candidate> {
  return {
    externalId: await readTenant(context, key),
    // The sign-in brought the company's name; the tenant's own API has none.
    name: null,
    businessId: null,
    country: null,
    accountingOffice: null,
    rights: "full",
    existing: "unknown",
    productFit: "ok",
  };
}

export async function verify(
  context: ConnectorContext,
  { connectionId, secret }: { connectionId: string; secret: SystemCredential },
  asked: readonly RightAsked[],
): Promise<Verification> {
  const subject = { kind: "connection", connectionId } as const;
  // A cached ticket would say that an approval holds which was taken back since.
  await context.tokens.drop(subject);
  const tenant = await readTenant(context, { subject, secret });
  return {
    identity: { externalId: tenant, name: tenant, businessId: null, country: null },
    productFit: "ok",
    rights: ofSystemUser(asked),
  };
}

/** The system user may do everything; what the integration may do is kept by the portal, so that nothing is missing or too much. */
function ofSystemUser(asked: readonly RightAsked[]): RightsCheck {
  return { held: [...asked], missing: [], surplus: [], boundToNaturalPerson: false };
}

/** The signed exchange is the proof: the vendor names whether the approval or our own signature was refused. */
export async function probeKey(
  context: ConnectorContext,
  key: HeldKey<SystemCredential>,
): Promise<"alive" | "dead"> {
  try {
    await repeatRead(context, () => requestTicket(context, key.secret));
    return "alive";
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "disconnected") return "dead";
    throw error;
  }
}
