import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { toVendorApplication } from "@/lib/connectors/application-field";
import type { Connector } from "@/lib/connectors/connector";
import type { VendorApplication } from "@/lib/connectors/context";
import { getConnector } from "@/lib/connectors/registry";
import { readReturn } from "./read-return";
import { type VendorReturn, vendorReturn } from "./schema";

/** As `integration:import` takes them; an address can hold anything. */
const SLUG = /^[a-z0-9-]{1,80}$/;

export type IntegrationOfReturn = { id: string; connector: Connector; application: VendorApplication };

/** The integration that a return's address names; null when there is none. */
export async function findIntegrationOfReturn(
  tx: ScopedTransaction<"public">,
  slug: string,
): Promise<IntegrationOfReturn | null> {
  if (!SLUG.test(slug)) return null;
  const [integration] = await tx.execute<{
    id: string;
    connector: string;
    stage: string;
    client_id: string;
    settings: Record<string, string>;
  }>(sql`select id, connector, stage, client_id, settings from kytkin.integration_for_return(${slug})`);
  if (!integration) return null;
  const { id, connector, stage, client_id: clientId, settings } = integration;
  return {
    id,
    connector: getConnector(connector),
    application: toVendorApplication({ stage, clientId, settings }),
  };
}

type Beside = { body?: string; headers?: Headers };

/**
 * What a browser brought back to the integration `slug`: always something that the page after it has words for. `query` is
 * taken as text, since broken separators are mended in it; `body` is that of a form that was posted. Null for an integration
 * that does not exist.
 */
export async function parseVendorReturn(
  tx: ScopedTransaction<"public">,
  slug: string,
  query: string | URLSearchParams,
  { body, headers = new Headers() }: Beside = {},
): Promise<VendorReturn | null> {
  const integration = await findIntegrationOfReturn(tx, slug);
  if (!integration) return null;
  const { connector, application } = integration;
  const counted = (connector.returnHeaders ?? []).map((name) => [name, headers.get(name) ?? ""] as const);
  const parts = { query: String(query), body, headers: counted.filter(([, value]) => value !== "") };
  const read = readReturn(parts, (parameters) => connector.parseReturn(parameters, application));
  if (read.kind === "ended") return { slug, ...read };
  const returned = vendorReturn.safeParse({ slug, ...read.consent });
  return returned.data ?? { kind: "ended", slug, because: "not_understood" };
}
