import { eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  integrations,
  partners,
  specifications,
  termsAcceptances,
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

async function readAcceptance(tx: RequestTransaction, requestId: string) {
  const [row] = await tx
    .select({
      acceptance: termsAcceptances,
      request: activationRequests,
      specification: specifications,
      integration: integrations,
      partnerName: partners.name,
      submittedBy: users.email,
    })
    .from(termsAcceptances)
    .innerJoin(activationRequests, eq(activationRequests.id, termsAcceptances.requestId))
    .innerJoin(specifications, eq(specifications.id, termsAcceptances.specificationId))
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .innerJoin(partners, eq(partners.id, termsAcceptances.partnerId))
    .leftJoin(users, eq(users.id, activationRequests.submittedBy))
    .where(eq(termsAcceptances.requestId, requestId));
  if (!row) throw new AppError("not_found", "acceptance");
  return row;
}

/**
 * The evidence of a request's acceptance with the text that was shown, in the language of the acceptance. Throws `not_found`
 * outside the account.
 */
export async function getAcceptanceView(tx: RequestTransaction, requestId: string): Promise<AcceptanceView> {
  const { acceptance, request, specification, integration, ...row } = await readAcceptance(tx, requestId);
  const written = readContent(specification.content);
  const content = inLanguage(written, acceptance.language ?? written.mainLanguage);
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
    contentHash: acceptance.contentHash,
    language: acceptance.language,
    languageHash: acceptance.languageHash,
    isIntact:
      contentHash(shown) === acceptance.contentHash &&
      structureHash(shown) === acceptance.structureHash &&
      (acceptance.language === null || languageHash(shown, acceptance.language) === acceptance.languageHash),
    acceptedBy: acceptance.acceptedEmail,
    acceptedAt: acceptance.acceptedAt.toISOString(),
    // Who has left the account since is known by the address that the confirmation went to.
    submittedBy: row.submittedBy ?? request.notifiedEmail,
    submittedAt: request.submittedAt.toISOString(),
    environments: await listEnvironments(tx, requestId, acceptance.environments),
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
