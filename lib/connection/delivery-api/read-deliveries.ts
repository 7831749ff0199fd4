import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { deliveryRows } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { findDelivery, listDeliveries } from "@/lib/connection/delivery/queries";
import type { DeliveryView } from "@/lib/connection/delivery/schema";
import { listSetRows } from "@/lib/connection/delivery/unchanged-sets";
import { GatewayProblem } from "@/lib/connection/gateway/problem";
import type { GatewayRoute, RouteCall } from "@/lib/connection/gateway/route";
import { describeOutcome, describeSetRow } from "./describe-row";
import { listOutcomes } from "./outcome-feed";
import { type ApiDelivery, deliveriesQuery, deliveryQuery, outcomesQuery } from "./schema";

const reads = { method: "GET", scope: "records", access: "deliveries" } as const;

function inConnection<T>(
  { context, keyHash, connectionId }: RouteCall,
  work: (tx: ScopedTransaction<"gateway">) => Promise<T>,
): Promise<T> {
  return withScope(context.database, { kind: "gateway", keyHash, connectionId }, work);
}

const toDelivery = ({ rowCount, ...view }: DeliveryView): ApiDelivery => ({ ...view, rows: rowCount });
const deliveryUnknown = (): GatewayProblem =>
  new GatewayProblem("delivery_unknown", "This connection has no such delivery.", { sent: "no" });

/** The newest first. */
export const readDeliveries: GatewayRoute = {
  ...reads,
  path: "/deliveries",
  async handle(call) {
    const { limit, cursor } = deliveriesQuery.parse(Object.fromEntries(call.query));
    const views = await inConnection(call, (tx) =>
      listDeliveries(tx, call.connectionId, {
        limit: limit + 1,
        ...(cursor !== undefined && { before: cursor }),
      }),
    );
    const page = views.slice(0, limit);
    const nextCursor = views.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { status: 200, body: { deliveries: page.map(toDelivery), nextCursor } };
  },
};

/** One delivery with a page of its rows, each as it stands now. */
export const readDelivery: GatewayRoute = {
  ...reads,
  path: "/deliveries/{delivery}",
  async handle(call) {
    const id = z.uuid().safeParse(call.params.delivery);
    if (!id.success) throw deliveryUnknown();
    const { limit, cursor = 0, outcome } = deliveryQuery.parse(Object.fromEntries(call.query));
    const { data, allowed } = call;
    const found = await inConnection(call, async (tx) => {
      const view = await findDelivery(tx, call.connectionId, id.data);
      if (!view || !data) throw deliveryUnknown();
      const rows = await tx
        .select()
        .from(deliveryRows)
        .where(
          and(
            eq(deliveryRows.connectionId, call.connectionId),
            eq(deliveryRows.deliveryId, id.data),
            gt(deliveryRows.position, cursor),
            outcome === undefined ? undefined : eq(deliveryRows.state, outcome),
          ),
        )
        .orderBy(asc(deliveryRows.position))
        .limit(limit + 1);
      const inSets = await listSetRows(
        tx,
        data,
        { connectionId: call.connectionId, deliveryId: id.data },
        { from: cursor + 1, limit: limit + 1, outcome },
      );
      const reading = { data, connectorId: allowed.connector };
      const at = view.closedAt ?? view.createdAt;
      const outcomes = [
        ...rows.map((row) => describeOutcome(reading, row)),
        ...inSets.map((row) => ({ ...describeSetRow(row), outcome: row.outcome, at, problems: [] })),
      ].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
      return { view, outcomes };
    });
    const page = found.outcomes.slice(0, limit);
    return {
      status: 200,
      body: {
        delivery: toDelivery(found.view),
        outcomes: page,
        nextCursor: found.outcomes.length > limit ? (page.at(-1)?.position ?? null) : null,
      },
    };
  },
};

/** The connection's outcomes in the order in which they came to be. */
export const readOutcomes: GatewayRoute = {
  ...reads,
  path: "/outcomes",
  async handle(call) {
    const query = outcomesQuery.parse(Object.fromEntries(call.query));
    const { data, allowed, connectionId } = call;
    const body = await inConnection(call, (tx) =>
      listOutcomes(tx, connectionId, data && { data, connectorId: allowed.connector }, query),
    );
    return { status: 200, body };
  },
};
