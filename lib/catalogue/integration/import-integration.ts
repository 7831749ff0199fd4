import { eq } from "drizzle-orm";
import { integrations, partners, vendorApplications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { listApplicationFields } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { openSecrets, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { assertFitsConnector } from "./fits-connector";
import type { IntegrationFile } from "./import-file";
import { publishSpecification } from "./publish-specification";

export type ImportedIntegration = {
  version: number;
  isNewVersion: boolean;
  /** Names of the secrets that were sealed now. */
  sealed: string[];
};

/**
 * Brings an integration with its vendor application to what the file says, and publishes its texts as a new version when they
 * changed. `secrets` by name: those given are sealed, the others stay as they are. May be repeated. Throws `invalid_input` for
 * what the connector does not know, `not_found` without the partner, and `conflict` when slug or client id are somebody else's.
 */
export async function importIntegration(
  context: WorkerContext,
  file: IntegrationFile,
  secrets: Readonly<Record<string, string>>,
): Promise<ImportedIntegration> {
  assertFitsConnector(file, secrets);
  return asSystem(context, "import integration", async (tx) => {
    const [partner] = await tx.select().from(partners).where(eq(partners.slug, file.partner));
    if (!partner)
      throw new AppError("not_found", `partner "${file.partner}": run npm run partner:create first`);
    const applicationId = await bringApplication(tx, partner.id, file);
    const owner = { kind: "vendor_application", id: applicationId } as const;
    for (const [name, value] of Object.entries(secrets))
      await storeSecret(tx, context.keys, owner, { name, value });
    assertComplete(file, Object.keys(await openSecrets(tx, context.keys, owner)));
    const integrationId = await bringIntegration(tx, partner.id, applicationId, file);
    const integration = { id: integrationId, partnerId: partner.id, slug: file.slug };
    const { version, isNew } = await publishSpecification(tx, integration, file.content);
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId: partner.id,
      action: "integration.import",
      subject: { kind: "integration", id: integrationId },
      detail: { version, isNewVersion: isNew, sealed: Object.keys(secrets) },
    });
    return { version, isNewVersion: isNew, sealed: Object.keys(secrets) };
  });
}

function assertComplete({ connector }: IntegrationFile, stored: readonly string[]): void {
  const { manifest } = getConnector(connector);
  const missing = listApplicationFields(manifest)
    .filter(({ name, isSecret, isRequired }) => isSecret && isRequired && !stored.includes(name))
    .map(({ name }) => name);
  if (missing.length > 0) throw new AppError("invalid_input", `secrets are missing: ${missing.join(", ")}`);
}

/** The vendor application's id. */
async function bringApplication(
  tx: SystemTransaction,
  partnerId: string,
  { connector, stage, application }: IntegrationFile,
): Promise<string> {
  const { clientId, settings } = application;
  const limiterKey = application.limiterKey ?? `${connector}:${stage}:${clientId}`;
  const [row] = await tx
    .insert(vendorApplications)
    .values({ partnerId, connector, stage, clientId, settings, limiterKey })
    .onConflictDoUpdate({
      target: [vendorApplications.connector, vendorApplications.stage, vendorApplications.clientId],
      set: { settings, limiterKey },
      setWhere: eq(vendorApplications.partnerId, partnerId),
    })
    .returning({ id: vendorApplications.id });
  if (!row) throw new AppError("conflict", `client id "${clientId}" belongs to another partner`);
  return row.id;
}

/** The integration's id. Its connector, stage and application are what its requests rest on: they never change. */
async function bringIntegration(
  tx: SystemTransaction,
  partnerId: string,
  vendorApplicationId: string,
  { slug, connector, stage, listed, kind }: IntegrationFile,
): Promise<string> {
  const [row] = await tx
    .insert(integrations)
    .values({ partnerId, slug, connector, stage, vendorApplicationId, isListed: listed, kind })
    .onConflictDoUpdate({
      target: integrations.slug,
      set: { isListed: listed, kind },
      setWhere: eq(integrations.vendorApplicationId, vendorApplicationId),
    })
    .returning({ id: integrations.id });
  if (!row)
    throw new AppError(
      "conflict",
      `the integration "${slug}" exists with another partner or vendor application`,
    );
  return row.id;
}
