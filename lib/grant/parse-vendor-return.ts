import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { getConnector } from "@/lib/connectors/registry";
import type { VendorReturn } from "./schema";

/** As `integration:import` takes them; an address can hold anything. */
const SLUG = /^[a-z0-9-]{1,80}$/;

/** What a vendor's callback to the integration `slug` means; null when the integration or the query is not understood. */
export async function parseVendorReturn(
  tx: ScopedTransaction<"public">,
  slug: string,
  query: URLSearchParams,
): Promise<VendorReturn | null> {
  if (!SLUG.test(slug)) return null;
  const [integration] = await tx.execute<{
    connector: string;
    stage: string;
    client_id: string;
    callback_parameter: string | null;
  }>(sql`select connector, stage, client_id, callback_parameter from kytkin.integration_for_return(${slug})`);
  if (!integration) return null;
  const returned = getConnector(integration.connector).parseReturn(query, {
    stage: integration.stage === "production" ? "production" : "test",
    clientId: integration.client_id,
    callbackParameter: integration.callback_parameter ?? undefined,
  });
  return returned && { slug, ...returned };
}
