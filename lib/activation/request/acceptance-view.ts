import { eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  consents,
  integrations,
  partners,
  specifications,
  users,
} from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { listRights } from "@/lib/activation/draft/technical-user-view";
import { listChosen } from "@/lib/activation/settings/rules";
import { contentHash, languageHash, structureHash } from "@/lib/catalogue/integration/content-hash";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { inLanguage, readContent } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import type { AcceptanceView } from "./schema";

async function readConsent(tx: RequestTransaction, requestId: string) {
  const [row] = await tx
    .select({
      consent: consents,
      request: activationRequests,
      specification: specifications,
      integration: integrations,
      partnerName: partners.name,
      submittedBy: users.email,
    })
    .from(consents)
    .innerJoin(activationRequests, eq(activationRequests.id, consents.requestId))
    .innerJoin(specifications, eq(specifications.id, consents.specificationId))
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .innerJoin(partners, eq(partners.id, consents.partnerId))
    .leftJoin(users, eq(users.id, activationRequests.submittedBy))
    .where(eq(consents.requestId, requestId));
  if (!row) throw new AppError("not_found", "consent");
  return row;
}

/**
 * The evidence of a request's acceptance with the text that was shown, in the language of the acceptance. Throws `not_found`
 * outside the account.
 */
export async function getAcceptanceView(tx: RequestTransaction, requestId: string): Promise<AcceptanceView> {
  const { consent, request, specification, integration, ...row } = await readConsent(tx, requestId);
  const written = readContent(specification.content);
  const content = inLanguage(written, consent.language ?? written.mainLanguage);
  // Hashed as it is stored: parsing may fill in what newer versions have.
  const shown = {
    integrationSlug: integration.slug,
    version: specification.version,
    content: specification.content,
  };
  return {
    requestId,
    partnerName: row.partnerName,
    connector: connectorOf(integration.connector),
    stage: stageOf(integration.stage),
    specificationVersion: specification.version,
    content,
    rights: listRights(content, integration.connector),
    contentHash: consent.contentHash,
    language: consent.language,
    languageHash: consent.languageHash,
    isIntact:
      contentHash(shown) === consent.contentHash &&
      structureHash(shown) === consent.structureHash &&
      (consent.language === null || languageHash(shown, consent.language) === consent.languageHash),
    acceptedBy: consent.acceptedEmail,
    acceptedAt: consent.acceptedAt.toISOString(),
    // Who has left the account since is known by the address that the confirmation went to.
    submittedBy: row.submittedBy ?? request.notifiedEmail,
    submittedAt: request.submittedAt.toISOString(),
    environments: await listEnvironments(tx, requestId, consent.environments),
    settings: listChosen(content, request.settings),
  };
}

/** Names as they were accepted, with the business ids of the request. */
async function listEnvironments(
  tx: RequestTransaction,
  requestId: string,
  accepted: readonly { externalId: string; name: string }[],
): Promise<AcceptanceView["environments"]> {
  const rows = await tx
    .select({ externalId: activations.externalId, businessId: activations.businessId })
    .from(activations)
    .where(eq(activations.requestId, requestId));
  const businessIds = new Map(rows.map((row) => [row.externalId, row.businessId]));
  return accepted.map((one) => ({ ...one, businessId: businessIds.get(one.externalId) ?? null }));
}
