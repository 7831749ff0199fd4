import { and, desc, eq, lt } from "drizzle-orm";
import { comparisons } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { ComparisonView, Finding } from "./schema";

const LASTS_MS = 90 * 24 * 3_600_000;

type Reader = ScopedTransaction<"customer" | "partner">;
type Row = typeof comparisons.$inferSelect;

function toView(row: Row): ComparisonView {
  const { id, entity, outcome, written, found, missing, totalsCompared, totalsDiffer, changed } = row;
  const [since, comparedAt] = [row.since.toISOString(), row.comparedAt.toISOString()];
  const counts = { written, found, missing, totalsCompared, totalsDiffer, changed };
  return { id, entity, outcome, since, comparedAt, ...counts };
}

/** The newest report of each entity. */
export async function listComparisons(tx: Reader, connectionId: string): Promise<ComparisonView[]> {
  const rows = await tx
    .selectDistinctOn([comparisons.entity])
    .from(comparisons)
    .where(eq(comparisons.connectionId, connectionId))
    .orderBy(comparisons.entity, desc(comparisons.comparedAt));
  return rows.map(toView);
}

/** A report with its findings. Throws `not_found` for a report of another connection, or of another account or partner. */
export async function getComparison(
  tx: Reader,
  connectionId: string,
  id: string,
): Promise<ComparisonView & { findings: Finding[] }> {
  const [row] = await tx
    .select()
    .from(comparisons)
    .where(and(eq(comparisons.connectionId, connectionId), eq(comparisons.id, id)));
  if (!row) throw new AppError("not_found", "comparison");
  return { ...toView(row), findings: row.findings };
}

export async function purgeComparisons(tx: SystemTransaction, now: Date): Promise<void> {
  await tx.delete(comparisons).where(lt(comparisons.comparedAt, new Date(now.getTime() - LASTS_MS)));
}
