import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { deliveryRows, outcomeEvents, outcomeFeeds } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listSetEvents, type SetEvent } from "@/lib/connection/delivery/unchanged-sets";
import { GatewayProblem } from "@/lib/connection/gateway/problem";
import { describeRow, describeSetRow, listProblems, type Reading, tellProblem } from "./describe-row";
import type { OutcomesAnswer } from "./schema";

type Query = { limit: number; cursor?: string | undefined };
type Cursor = { epoch: string; number: number };

const cursorParts = z.tuple([z.uuid(), z.coerce.number().int().min(0)]);

const writeCursor = ({ epoch, number }: Cursor): string =>
  Buffer.from(`${epoch}/${number}`).toString("base64url");

function readCursor(text: string): Cursor {
  const parts = cursorParts.safeParse(Buffer.from(text, "base64url").toString("latin1").split("/"));
  if (!parts.success)
    throw new GatewayProblem("invalid_input", "`cursor` is none that this feed has given.", { sent: "no" });
  const [epoch, number] = parts.data;
  return { epoch, number };
}

/**
 * Outcomes after the cursor, without gaps and in the order of their commits: a reader that keeps `nextCursor` after it has dealt with
 * a page misses none, and may see one again. Throws `cursor_ended` when outcomes after it are no longer kept, or when numbers have
 * gone back, as after a restored backup.
 */
export async function listOutcomes(
  tx: ScopedTransaction<"gateway">,
  connectionId: string,
  reading: Reading | null,
  { limit, cursor }: Query,
): Promise<OutcomesAnswer> {
  const given = cursor === undefined ? null : readCursor(cursor);
  const [feed] = await tx.select().from(outcomeFeeds).where(eq(outcomeFeeds.connectionId, connectionId));
  if (!feed || !reading) return { outcomes: [], nextCursor: null, hasMore: false };
  if (given !== null && (given.epoch !== feed.epoch || given.number > feed.lastNumber)) throw ended();
  const after = given?.number ?? 0;
  // Each row by its own id: in a join the planner, which does not know whose rows the policy lets through, reads all of the connection.
  const row = tx
    .select()
    .from(deliveryRows)
    .where(eq(deliveryRows.id, outcomeEvents.rowId))
    .limit(1)
    .as("row");
  const found = await tx
    .select({ event: outcomeEvents, row: row._.selectedFields })
    .from(outcomeEvents)
    .leftJoinLateral(row, sql`true`)
    .where(and(eq(outcomeEvents.connectionId, connectionId), gt(outcomeEvents.number, after)))
    .orderBy(asc(outcomeEvents.number))
    .limit(limit + 1);
  const inSets = await listSetEvents(tx, reading.data, connectionId, { after, limit: limit + 1 });
  const outcomes = [
    ...found.map(({ event, row }) => describeEvent(reading, event, row)),
    ...inSets.map((one) => describeSetEvent(one)),
  ].sort((a, b) => a.number - b.number);
  const first = outcomes[0]?.number ?? feed.lastNumber + 1;
  if (given !== null && first > after + 1) throw ended();
  const page = outcomes.slice(0, limit);
  const last = page.at(-1)?.number ?? Math.max(after, feed.lastNumber);
  return {
    outcomes: page,
    nextCursor: writeCursor({ epoch: feed.epoch, number: last }),
    hasMore: outcomes.length > limit,
  };
}

const ended = (): GatewayProblem =>
  new GatewayProblem(
    "cursor_ended",
    "Outcomes after this cursor are no longer here. Begin without a cursor, and read deliveries that you miss by their ids.",
    { sent: "no" },
  );

const describeSetEvent = (event: SetEvent): OutcomesAnswer["outcomes"][number] => ({
  number: event.number,
  deliveryId: event.deliveryId,
  entity: event.entity,
  ...describeSetRow(event),
  outcome: event.outcome,
  at: event.at.toISOString(),
  problems: [],
});

function describeEvent(
  reading: Reading,
  event: typeof outcomeEvents.$inferSelect,
  row: typeof deliveryRows.$inferSelect | null,
): OutcomesAnswer["outcomes"][number] {
  const { number, deliveryId, entity, outcome, cause } = event;
  const isLatest = row !== null && row.state === outcome && row.cause === cause;
  const problems = cause === null ? [] : [tellProblem(reading.connectorId, { field: null, cause })];
  return {
    number,
    deliveryId,
    entity,
    ...(row ? describeRow(reading, row) : { key: null, position: null, vendorId: null, vendorLabel: null }),
    outcome,
    at: event.at.toISOString(),
    problems: isLatest ? listProblems(reading, row) : problems,
  };
}
