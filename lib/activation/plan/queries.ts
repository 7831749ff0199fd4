import { and, asc, eq, exists, inArray, not, sql } from "drizzle-orm";
import { integrationName } from "@/db/integration-name";
import {
  activationPlans,
  activations,
  companies,
  drafts,
  integrations,
  partners,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { DraftRow } from "@/lib/activation/draft/queries";
import type { Locale } from "@/lib/core/locales";
import { nextBatchSize } from "./rules";
import type { BatchView, PlanView } from "./schema";

type Customer = ScopedTransaction<"customer">;
type PlanRow = typeof activationPlans.$inferSelect;

/** The account's plan for an integration, or null. */
export async function findPlan(tx: Customer, integrationId: string): Promise<PlanRow | null> {
  const [plan] = await tx
    .select()
    .from(activationPlans)
    .where(eq(activationPlans.integrationId, integrationId));
  return plan ?? null;
}

/** Plans whose next batch has not been begun: a draft that is open already is listed as one. */
export async function listPlans(tx: Customer, locale: Locale): Promise<PlanView[]> {
  const open = tx
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.integrationId, activationPlans.integrationId), eq(drafts.state, "open")));
  const rows = await tx
    .select({
      plan: activationPlans,
      partnerName: partners.name,
      name: integrationName(locale),
      cap: sql<number>`(${specifications.content} ->> 'cap')::int`,
    })
    .from(activationPlans)
    .innerJoin(integrations, eq(integrations.id, activationPlans.integrationId))
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .innerJoin(
      specifications,
      and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
    )
    .where(not(exists(open)))
    .orderBy(asc(activationPlans.createdAt))
    .limit(20);
  return rows.map(({ plan, name, partnerName, cap }) => toView(plan, { name, partnerName, cap }));
}

function toView(plan: PlanRow, of: { name: string; partnerName: string; cap: number }): PlanView {
  const leftCount = plan.wantedExternalIds.length;
  return {
    integrationId: plan.integrationId,
    integrationName: of.name,
    partnerName: of.partnerName,
    linkToken: plan.linkToken,
    nextCount: nextBatchSize(leftCount, of.cap),
    leftCount,
    totalCount: plan.totalCount,
  };
}

/** What the draft's batch is about, for the step that goes to the vendor and picks; null without a plan. */
export async function findBatch(tx: Customer, draft: DraftRow, room: number): Promise<BatchView | null> {
  const plan = await findPlan(tx, draft.integrationId);
  // A retry is about its own companies, whatever else is planned.
  if (!plan || draft.retryOf !== null || draft.wantedExternalIds.length === 0) return null;
  const ids = draft.wantedExternalIds.slice(0, room);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({
            externalId: companies.externalId,
            name: companies.name,
            businessId: companies.businessId,
          })
          .from(companies)
          .innerJoin(
            integrations,
            and(eq(integrations.connector, companies.connector), eq(integrations.stage, companies.stage)),
          )
          .where(and(eq(integrations.id, draft.integrationId), inArray(companies.externalId, ids)))
          .orderBy(asc(companies.sortKey));
  return { companies: rows, leftCount: plan.wantedExternalIds.length, totalCount: plan.totalCount };
}

/** Companies of the integration's vendor system that lack it, by name: the vendor's ids, at most `limit`. */
export async function listLacking(
  tx: Customer,
  integration: { id: string; connector: string; stage: string },
  companyIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const held = tx
    .select({ id: activations.id })
    .from(activations)
    .where(
      and(
        eq(activations.integrationId, integration.id),
        eq(activations.environmentId, companies.environmentId),
        sql`${activations.isOccupying}`,
      ),
    );
  const rows = await tx
    .select({ externalId: companies.externalId })
    .from(companies)
    .where(
      and(
        eq(companies.connector, integration.connector),
        eq(companies.stage, integration.stage),
        companyIds.length > 0 ? inArray(companies.id, [...companyIds]) : undefined,
        not(exists(held)),
      ),
    )
    .orderBy(asc(companies.sortKey), asc(companies.id))
    .limit(limit);
  return rows.map(({ externalId }) => externalId);
}
