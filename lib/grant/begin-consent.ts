import { eq } from "drizzle-orm";
import { drafts, integrations, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { DraftRow } from "@/lib/draft/queries";
import { settingsOf } from "@/lib/vendor/vendor-settings";

/** Notes that the customer goes to the vendor from this draft, and says where to send the browser. */
export async function beginConsent(tx: ScopedTransaction<"customer">, draft: DraftRow): Promise<URL> {
  const [application] = await tx
    .select({
      connector: vendorApplications.connector,
      stage: vendorApplications.stage,
      clientId: vendorApplications.clientId,
      settings: vendorApplications.settings,
    })
    .from(integrations)
    .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
    .where(eq(integrations.id, draft.integrationId));
  if (!application) throw new AppError("not_found", "vendor application");
  await tx
    .update(drafts)
    .set({ consentStartedAt: new Date(), updatedAt: new Date() })
    .where(eq(drafts.id, draft.id));
  return getConnector(application.connector).beginGrant(settingsOf(application));
}
