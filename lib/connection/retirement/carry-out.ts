import { and, asc, between, eq, gt, gte, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { activations, connections, holds, outboxMails, retirementNotices, retirements } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

/** Connections in one transaction. */
const AT_ONCE = 500;
const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

export type RetirementRow = typeof retirements.$inferSelect;

export async function readRetirement(tx: SystemTransaction, id: string): Promise<RetirementRow | null> {
  const [row] = await tx.select().from(retirements).where(eq(retirements.id, id));
  return row ?? null;
}

const isWithdrawn = (row: RetirementRow | null): row is RetirementRow & { withdrawnAt: Date } =>
  row !== null && row.withdrawnAt !== null;

/** When a connection ends by it: on the day, or at once where it became active after it. */
const endOf = ({ endsAt }: RetirementRow, now: Date): Date =>
  new Date(Math.max(endsAt.getTime(), now.getTime() + MINUTE_MS));

/** A connection that lives and whose activation is done. */
const IS_SETTLED = sql`connections.state in ('active', 'needs_attention') and activations.state = 'active'`;

const hasEnd = (end: Date) => sql`exists (select from ${holds} where ${holds.connectionId} = ${connections.id}
  and ${holds.kind} = 'scheduled_end' and ${holds.setBy} = 'partner' and ${holds.liftedAt} is null and ${lte(holds.until, end)})`;

/**
 * Sets the day of the end of connections, some at a time, in the partner's name, and notes their accounts. A later day that the partner had
 * set gives way, an earlier one stays. Gives how many; 0: all have one. May run twice.
 */
export async function scheduleEnds(tx: SystemTransaction, id: string, now: Date): Promise<number> {
  const retirement = await readRetirement(tx, id);
  if (!retirement || retirement.withdrawnAt) return 0;
  const until = endOf(retirement, now);
  const due = await tx
    .select({
      connectionId: connections.id,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(
      and(eq(connections.integrationId, retirement.integrationId), IS_SETTLED, sql`not ${hasEnd(until)}`),
    )
    .orderBy(asc(connections.id))
    .limit(AT_ONCE)
    .for("update", { of: connections, skipLocked: true });
  if (due.length === 0) return 0;
  const { announcedBy: setByUser, note: reason } = retirement;
  await tx
    .update(holds)
    .set({ liftedAt: now, liftedBy: "partner", liftedByUser: setByUser })
    .where(
      and(
        inArray(
          holds.connectionId,
          due.map(({ connectionId }) => connectionId),
        ),
        eq(holds.kind, "scheduled_end"),
        eq(holds.setBy, "partner"),
        isNull(holds.liftedAt),
      ),
    );
  await tx.insert(holds).values(
    due.map((own) => ({
      ...own,
      kind: "scheduled_end" as const,
      setBy: "partner" as const,
      setByUser,
      reason,
      since: now,
      until,
    })),
  );
  await tx
    .insert(retirementNotices)
    .values(
      [...new Set(due.map(({ accountId }) => accountId))].map((accountId) => ({
        retirementId: id,
        partnerId: retirement.partnerId,
        accountId,
      })),
    )
    .onConflictDoNothing();
  return due.length;
}

/** Calls off what a retirement that was taken back had set, some at a time. Gives how many; 0: nothing is left. May run twice. */
export async function callOffEnds(tx: SystemTransaction, id: string, now: Date): Promise<number> {
  const retirement = await readRetirement(tx, id);
  if (!isWithdrawn(retirement)) return 0;
  const left = await tx
    .select({ id: holds.id })
    .from(holds)
    .innerJoin(connections, eq(connections.id, holds.connectionId))
    .where(and(isSetBy(retirement), inArray(connections.state, ["active", "needs_attention"])))
    .limit(AT_ONCE)
    .for("update", { of: holds, skipLocked: true });
  if (left.length === 0) return 0;
  await tx
    .update(holds)
    .set({ liftedAt: now, liftedBy: "partner", liftedByUser: retirement.withdrawnBy })
    .where(
      inArray(
        holds.id,
        left.map((hold) => hold.id),
      ),
    );
  return left.length;
}

/** Ends that are still to come of the making of a retirement that was taken back; a later one may have set others. */
const isSetBy = ({
  integrationId,
  partnerId,
  createdAt,
  endsAt,
  announcedBy,
  withdrawnAt,
}: RetirementRow & { withdrawnAt: Date }) =>
  and(
    eq(connections.integrationId, integrationId),
    eq(holds.partnerId, partnerId),
    eq(holds.kind, "scheduled_end"),
    eq(holds.setBy, "partner"),
    eq(holds.setByUser, announcedBy),
    between(holds.createdAt, createdAt, withdrawnAt),
    gte(holds.until, endsAt),
    isNull(holds.liftedAt),
  );

/** Whether the second mail is due: two weeks before the end. */
const isSoon = ({ endsAt, withdrawnAt }: RetirementRow, now: Date): boolean =>
  withdrawnAt === null && endsAt.getTime() - now.getTime() <= SOON_DAYS * DAY_MS && endsAt > now;

/**
 * Retirements with something to do: their job was lost, a connection became active since, or the second mail is due, which is noted here.
 * Few rows: integrations, not connections.
 */
export async function listRetirementsDue(tx: SystemTransaction, now: Date): Promise<string[]> {
  const rows = await tx
    .select()
    .from(retirements)
    .where(
      or(
        isNull(retirements.withdrawnAt),
        // What a job did not get to within a month is not done any more.
        gt(retirements.withdrawnAt, new Date(now.getTime() - 30 * DAY_MS)),
      ),
    );
  const due: string[] = [];
  for (const row of rows) {
    const [first] = isWithdrawn(row)
      ? await tx
          .select({ id: holds.id })
          .from(holds)
          .innerJoin(connections, eq(connections.id, holds.connectionId))
          .where(and(isSetBy(row), inArray(connections.state, ["active", "needs_attention"])))
          .limit(1)
      : await tx
          .select({ id: connections.id })
          .from(connections)
          .innerJoin(activations, eq(activations.id, connections.activationId))
          .where(
            and(
              eq(connections.integrationId, row.integrationId),
              IS_SETTLED,
              sql`not ${hasEnd(endOf(row, now))}`,
            ),
          )
          .limit(1);
    const isReminder = row.remindedAt === null && isSoon(row, now);
    if (isReminder) await tx.update(retirements).set({ remindedAt: now }).where(eq(retirements.id, row.id));
    if (first || isReminder) due.push(row.id);
  }
  return due;
}

/** Accounts that lack one of these mails, after one of them. */
export function listNotices(
  tx: SystemTransaction,
  id: string,
  { kinds, after, limit }: { kinds: readonly string[]; after: string | null; limit: number },
) {
  const sent = tx
    .select({ count: sql`count(*)` })
    .from(outboxMails)
    .where(and(eq(outboxMails.subjectId, retirementNotices.id), inArray(outboxMails.kind, [...kinds])));
  return tx
    .select()
    .from(retirementNotices)
    .where(
      and(
        eq(retirementNotices.retirementId, id),
        sql`(${sent}) < ${kinds.length}`,
        after ? gt(retirementNotices.id, after) : undefined,
      ),
    )
    .orderBy(asc(retirementNotices.id))
    .limit(limit);
}
