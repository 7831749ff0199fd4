import { and, asc, count, desc, eq, gt, lt, notInArray, sql } from "drizzle-orm";
import type { partnerAlerts } from "@/db/schema";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { LEAST_DECIDED, type News } from "./schema";

const HOUR_MS = 3_600_000;
/** Counted so far: a mail says "more than", and a sweep never counts a million rows for one mail. */
const COUNTED = 1000;
const LISTED = 5;

type Wanted = Pick<
  typeof partnerAlerts.$inferSelect,
  "partnerId" | "waitingHours" | "rejectionPercent" | "tellsAttention"
>;

async function findWaiting(
  tx: SystemTransaction,
  partnerId: string,
  hours: number,
  now: Date,
): Promise<News["waiting"]> {
  const isOld = and(
    eq(activationRequests.partnerId, partnerId),
    eq(activationRequests.state, "awaiting_partner"),
    lt(activationRequests.submittedAt, new Date(now.getTime() - hours * HOUR_MS)),
  );
  const some = tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(isOld)
    .limit(COUNTED + 1)
    .as("some");
  const [counted] = await tx.select({ count: count() }).from(some);
  if (!counted?.count) return null;
  const oldest = await tx
    .select({
      content: specifications.content,
      since: activationRequests.submittedAt,
      company: sql<string>`(select min(a.environment_name) from ${activations} a where a.request_id = ${activationRequests.id})`,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .where(isOld)
    .orderBy(asc(activationRequests.id))
    .limit(LISTED);
  return {
    count: counted.count,
    hours,
    oldest: oldest.map(({ content, since, company }) => ({
      company,
      since,
      integration: readMain(content).name,
    })),
  };
}

/** Of the companies of the newest decisions since then, those that were rejected. */
async function findRejection(
  tx: SystemTransaction,
  partnerId: string,
  threshold: number,
  since: Date,
): Promise<News["rejection"]> {
  const [row] = await tx.execute<{ decided: number; rejected: number }>(sql`
    select count(*)::int as decided, count(*) filter (where a.state = 'rejected')::int as rejected
    from (select r.id from ${activationRequests} r
      where r.partner_id = ${partnerId} and r.decided_at is not null and r.decided_at > ${since.toISOString()}::timestamptz
      order by r.decided_at desc limit ${COUNTED}) d
    join ${activations} a on a.request_id = d.id`);
  if (!row || row.decided < LEAST_DECIDED) return null;
  const percent = Math.round((100 * row.rejected) / row.decided);
  return percent >= threshold ? { percent, decided: row.decided, threshold } : null;
}

async function findAttention(
  tx: SystemTransaction,
  partnerId: string,
  since: Date,
): Promise<News["attention"]> {
  const isNew = and(
    eq(connections.partnerId, partnerId),
    eq(connections.state, "needs_attention"),
    notInArray(connections.attention, ["verification_pending", "preparation_pending"]),
    gt(connections.stateSince, since),
  );
  const some = tx
    .select({ id: connections.id })
    .from(connections)
    .where(isNew)
    .limit(COUNTED + 1)
    .as("some");
  const [counted] = await tx.select({ count: count() }).from(some);
  if (!counted?.count) return null;
  const newest = await tx
    .select({
      company: activations.environmentName,
      cause: connections.attention,
      connector: integrations.connector,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(isNew)
    .orderBy(desc(connections.id))
    .limit(LISTED);
  return {
    count: counted.count,
    newest: newest.flatMap(({ company, cause, connector }) =>
      cause ? [{ company, cause, connector: connectorOf(connector).name }] : [],
    ),
  };
}

/** What a member wants to hear of: what waits now, and what became so since a moment. null: nothing. */
export async function findNews(
  tx: SystemTransaction,
  { partnerId, waitingHours, rejectionPercent, tellsAttention }: Wanted,
  { since, now }: { since: Date; now: Date },
): Promise<News | null> {
  const news: News = {
    waiting: waitingHours === null ? null : await findWaiting(tx, partnerId, waitingHours, now),
    rejection: rejectionPercent === null ? null : await findRejection(tx, partnerId, rejectionPercent, since),
    attention: tellsAttention ? await findAttention(tx, partnerId, since) : null,
  };
  return news.waiting || news.rejection || news.attention ? news : null;
}
