import { and, eq, sql } from "drizzle-orm";
import { specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { Locale } from "@/lib/core/locales";
import type { Uninstalled } from "./schema";

type Reader = ScopedTransaction<"public"> | ScopedTransaction<"customer">;

/** The integration that somebody is about to remove at its vendor; null for a slug that no integration has. */
export async function findUninstalled(tx: Reader, slug: string, locale: Locale): Promise<Uninstalled | null> {
  const [integration] = await tx.execute<{ id: string; connector: string }>(
    sql`select id, connector from kytkin.integration_for_return(${slug})`,
  );
  if (!integration) return null;
  const [published] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(and(eq(specifications.integrationId, integration.id), eq(specifications.state, "published")));
  return {
    integrationId: integration.id,
    // What is not listed has a name for its own customers only.
    integrationName: published ? readShown(published.content, locale).name : slug,
    connector: connectorOf(integration.connector),
  };
}
