import { and, eq, gte } from "drizzle-orm";
import { activationRequests, figureDays, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { addUp, firstDay, listWeeks, mondayOf } from "./rules";
import type { FigureFilter, FiguresView } from "./schema";

/** The partner's figures of a period: days were counted before, so that this reads a row for each day and version. */
export async function getFigures(
  tx: ScopedTransaction<"partner">,
  filter: FigureFilter,
  now = new Date(),
): Promise<FiguresView> {
  const from = firstDay(Number(filter.days), now);
  const rows = await tx
    .select()
    .from(figureDays)
    .where(
      and(
        gte(figureDays.day, from),
        filter.integration ? eq(figureDays.integrationId, filter.integration) : undefined,
      ),
    );
  const integrations = await listIntegrations(tx);
  const byId = new Map(integrations.map((one) => [one.id, one]));
  const versions = await tx
    .select({
      id: specifications.id,
      integrationId: specifications.integrationId,
      version: specifications.version,
    })
    .from(specifications);
  return {
    filter,
    integrations,
    from,
    isUncounted: rows.length === 0 && (await hasRequests(tx, filter, from)),
    all: addUp(rows),
    weeks: listWeeks(from, now.toISOString().slice(0, 10)).map((week) => ({
      week,
      ...addUp(rows.filter(({ day }) => mondayOf(day) === week)),
    })),
    versions: versions
      .map(({ id, integrationId, version }) => ({
        id,
        version,
        integrationName: byId.get(integrationId)?.name ?? "",
        stage: byId.get(integrationId)?.stage ?? "",
        ...addUp(rows.filter(({ specificationId }) => specificationId === id)),
      }))
      .filter(({ counts }) => counts.accepted > 0)
      .sort(
        (one, other) =>
          one.integrationName.localeCompare(other.integrationName) || other.version - one.version,
      ),
  };
}

async function hasRequests(
  tx: ScopedTransaction<"partner">,
  { integration }: FigureFilter,
  from: string,
): Promise<boolean> {
  const [found] = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      and(
        gte(activationRequests.submittedAt, new Date(from)),
        integration ? eq(activationRequests.integrationId, integration) : undefined,
      ),
    )
    .limit(1);
  return found !== undefined;
}
