import { inArray } from "drizzle-orm";
import { candidates } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { stateOfPreflight } from "./rules";
import type { PreflightEnvironment, PreflightView } from "./schema";

async function listPreflights(
  tx: RequestTransaction,
  picked: readonly EnvironmentOption[],
): Promise<PreflightEnvironment[]> {
  const rows = await tx
    .select({
      id: candidates.id,
      askedAt: candidates.preflightAskedAt,
      checkedAt: candidates.preflightCheckedAt,
      findings: candidates.preflightFindings,
      foreseen: candidates.preflightForeseen,
    })
    .from(candidates)
    .where(
      inArray(
        candidates.id,
        picked.map(({ candidateId }) => candidateId),
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const now = new Date();
  return picked.flatMap(({ candidateId, name, externalId, businessId }) => {
    const row = byId.get(candidateId);
    const state = row ? stateOfPreflight(row, now) : null;
    if (!row || state === null) return [];
    const findings = row.checkedAt === null ? [] : (row.findings ?? []);
    const foreseen = row.checkedAt === null ? null : row.foreseen;
    return [{ candidateId, name: name ?? externalId, businessId, state, findings, foreseen }];
  });
}

/** What is known of the picked environments; null where nothing is checked beforehand. */
export async function findPreflightView(
  tx: RequestTransaction,
  picked: readonly EnvironmentOption[],
): Promise<PreflightView | null> {
  const environments = await listPreflights(tx, picked);
  if (environments.length === 0) return null;
  return {
    environments,
    isRunning: environments.some(({ state }) => state === "waiting"),
    isBlocked: environments.some(({ state }) => state === "blocked"),
  };
}

/** Whether a check found what has to be put right before the submission. */
export async function isBlockedByPreflight(
  tx: RequestTransaction,
  picked: readonly EnvironmentOption[],
): Promise<boolean> {
  return (await listPreflights(tx, picked)).some(({ state }) => state === "blocked");
}
