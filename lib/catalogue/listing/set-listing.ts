import { and, eq, ne, or, sql } from "drizzle-orm";
import { integrationName } from "@/db/integration-name";
import { integrations, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { stageOf } from "../integration/queries";
import type { IntegrationKind } from "./kinds";
import type { OperatorListing } from "./schema";

type Operator = ScopedTransaction<"operator">;
const SHOWN = 500;

/** The installation's integrations, those of a partner together, with what is published of each. */
export async function listForOperator(tx: Operator): Promise<OperatorListing[]> {
  const rows = await tx
    .select({
      integration: integrations,
      partnerName: partners.name,
      name: sql<string | null>`${integrationName("en")}`,
      version: specifications.version,
    })
    .from(integrations)
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .leftJoin(
      specifications,
      and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
    )
    .orderBy(partners.name, integrations.slug)
    .limit(SHOWN);
  return rows.map(({ integration, partnerName, name, version }) => ({
    id: integration.id,
    slug: integration.slug,
    name: name ?? integration.slug,
    partnerName,
    connectorName: getConnector(integration.connector).manifest.name,
    stage: stageOf(integration.stage),
    version,
    isListed: integration.isListed,
    kind: integration.kind,
  }));
}

type Listing = { integrationId: string; isListed: boolean; kind: IntegrationKind };

/** Puts an integration into the public catalogue or takes it out, and says what it is for. Throws `not_found`. */
export async function setListing(
  tx: Operator,
  operatorId: string,
  { integrationId, isListed, kind }: Listing,
): Promise<void> {
  const found = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  if (found.length === 0) throw new AppError("not_found", "integration");
  const changed = await tx
    .update(integrations)
    .set({ isListed, kind })
    .where(
      and(
        eq(integrations.id, integrationId),
        or(ne(integrations.isListed, isListed), ne(integrations.kind, kind)),
      ),
    )
    .returning({ id: integrations.id });
  if (changed.length === 0) return;
  await writeAudit(tx, {
    actor: { kind: "user", userId: operatorId },
    action: "integration.list",
    subject: { kind: "integration", id: integrationId },
    detail: { isListed, kind },
  });
}
