import { asc, eq, inArray } from "drizzle-orm";
import { offboardingSteps, offboardings, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { probedUntil } from "./rules";
import type { OffboardingView, OwnOffboardingView } from "./schema";

/** Named one by one: the partner may not read who at the customer asked. */
const shared = {
  connectionId: offboardings.connectionId,
  askedBy: offboardings.askedBy,
  createdAt: offboardings.createdAt,
  reason: offboardings.reason,
  keyFate: offboardings.keyFate,
  removalAnswer: offboardings.removalAnswer,
  handledAt: offboardings.handledAt,
  lastProbe: offboardings.lastProbe,
  lastProbeAt: offboardings.lastProbeAt,
  outcome: offboardings.outcome,
};

/** Ends of these connections by the connection's id, each with its steps. */
export async function findOffboardings(
  tx: ScopedTransaction<"customer"> | ScopedTransaction<"partner">,
  connectionIds: readonly string[],
): Promise<Map<string, OffboardingView>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await tx
    .select(shared)
    .from(offboardings)
    .where(inArray(offboardings.connectionId, [...connectionIds]));
  const steps = await tx
    .select()
    .from(offboardingSteps)
    .where(inArray(offboardingSteps.connectionId, [...connectionIds]))
    .orderBy(asc(offboardingSteps.at), asc(offboardingSteps.id));
  return new Map(
    rows.map((row) => [
      row.connectionId,
      {
        askedBy: row.askedBy,
        askedAt: row.createdAt.toISOString(),
        reason: row.reason,
        key: row.keyFate,
        removalAnswer: row.removalAnswer,
        lastProbe:
          row.lastProbe && row.lastProbeAt
            ? { result: row.lastProbe, at: row.lastProbeAt.toISOString() }
            : null,
        probedUntil: row.outcome ? null : probedUntil(row.createdAt).toISOString(),
        outcome: row.outcome,
        steps: steps
          .filter(({ connectionId }) => connectionId === row.connectionId)
          .map(({ kind, at }) => ({ kind, at: at.toISOString() })),
      },
    ]),
  );
}

/** The end of one connection as its owner sees it; null while it lives. */
export async function findOwnOffboarding(
  tx: ScopedTransaction<"customer">,
  connectionId: string,
): Promise<OwnOffboardingView | null> {
  const view = (await findOffboardings(tx, [connectionId])).get(connectionId);
  const [row] = await tx
    .select({
      handledAt: offboardings.handledAt,
      probeWantedAt: offboardings.probeWantedAt,
      closedAt: offboardings.closedAt,
      keyUse: offboardings.keyUse,
      keyUsedAt: offboardings.keyUsedAt,
      askedByEmail: users.email,
    })
    .from(offboardings)
    .leftJoin(users, eq(users.id, offboardings.askedByUser))
    .where(eq(offboardings.connectionId, connectionId));
  if (!view || !row) return null;
  const isBusy = row.closedAt === null && (row.handledAt === null || row.probeWantedAt !== null);
  const keyUse = row.keyUse && row.keyUsedAt ? { kind: row.keyUse, at: row.keyUsedAt.toISOString() } : null;
  return { ...view, askedByEmail: row.askedByEmail, keyUse, isBusy };
}
