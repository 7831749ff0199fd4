import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { integrations, vendorApplications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { toVendorApplication } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { sealKeyLogin } from "./key-login-state";
import type { PasteTarget } from "./paste-key";
import { canLogInForKey } from "./rules";

/**
 * Where the customer logs in at the vendor to have a key made for the target. Nothing is written: what came of it is known
 * when the browser comes back. Throws `not_found` where no login makes keys.
 */
export async function beginKeyLogin(
  tx: RequestTransaction,
  viewer: Viewer,
  { integrationId, target }: { integrationId: string; target: PasteTarget },
  secret: string,
): Promise<URL> {
  const [row] = await tx
    .select({
      slug: integrations.slug,
      connector: integrations.connector,
      application: {
        stage: vendorApplications.stage,
        clientId: vendorApplications.clientId,
        settings: vendorApplications.settings,
      },
    })
    .from(integrations)
    .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
    .where(eq(integrations.id, integrationId));
  if (!row) throw new AppError("not_found", "integration");
  const login = getConnector(row.connector).pastedKey?.login;
  const application = toVendorApplication(row.application);
  if (!login || !canLogInForKey(application, row.slug))
    throw new AppError("not_found", "no login makes keys for this integration");
  const { userId } = viewer;
  const state = sealKeyLogin(secret, {
    pastedKeyId: uuidv7(),
    userId,
    slug: row.slug,
    target,
    at: Date.now(),
  });
  return login.address(application, state);
}
