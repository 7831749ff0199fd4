import { asc, eq } from "drizzle-orm";
import { integrations, vendorApplications } from "@/db/schema";
import { toVendorApplication } from "@/lib/connectors/application-field";
import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorContext } from "@/lib/connectors/context";
import { createVendorLimiter } from "@/lib/connectors/limiter/create-limiter";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { openSecrets } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { makeReturnUrl } from "./return-url";
import { createTokenSource } from "./token-source";
import { watchApplication } from "./watch-application";

/**
 * Opens a vendor application's secrets and puts together all that its connector may use. `tenant` is for whom the calls
 * are made, the customer's account as a rule: tenants get their turns under the vendor's limit.
 */
export async function createConnectorContext(
  context: WorkerContext,
  vendorApplicationId: string,
  tenant = vendorApplicationId,
): Promise<{ connector: Connector; vendor: ConnectorContext }> {
  const { row, integration, secrets } = await asSystem(context, "open vendor application", async (tx) => {
    const [found] = await tx
      .select()
      .from(vendorApplications)
      .where(eq(vendorApplications.id, vendorApplicationId));
    if (!found) throw new AppError("not_found", "vendor application");
    const [integration] = await tx
      .select({ id: integrations.id, slug: integrations.slug })
      .from(integrations)
      .where(eq(integrations.vendorApplicationId, found.id))
      .orderBy(asc(integrations.createdAt))
      .limit(1);
    return {
      row: found,
      integration: integration ?? null,
      secrets: await openSecrets(tx, context.keys, { kind: "vendor_application", id: found.id }),
    };
  });
  const connector = getConnector(row.connector);
  const application = toVendorApplication(row);
  const watched = watchApplication(context, { id: row.id, integrationId: integration?.id ?? null });
  const vendor: ConnectorContext = {
    application,
    secrets,
    fetch,
    returnUrl: integration && makeReturnUrl(context, application, integration.slug),
    now: () => new Date(),
    log: context.log.child({ connector: row.connector }),
    limiter: createVendorLimiter(
      context,
      { limiterKey: row.limiterKey, limits: context.vendorLimits ?? connector.manifest.limits },
      tenant,
    ),
    tokens: createTokenSource(context, row.id, watched.noteFreshToken),
    retryDelaysMs: context.vendorRetryDelaysMs,
  };
  return { connector: watched.watch(connector), vendor };
}
