import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { toVendorApplication } from "@/lib/connectors/application-field";
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
    settings: Record<string, string>;
  }>(sql`select connector, stage, client_id, settings from kytkin.integration_for_return(${slug})`);
  if (!integration) return null;
  const { connector, stage, client_id: clientId, settings } = integration;
  const application = toVendorApplication({ stage, clientId, settings });
  const returned = getConnector(connector).parseReturn(query, application);
  return returned && { slug, ...returned };
}
