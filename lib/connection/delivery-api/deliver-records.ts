import { and, asc, eq, inArray } from "drizzle-orm";
import { deliveryRows } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { addRows, type IncomingRow } from "@/lib/connection/delivery/add-rows";
import { closeDelivery } from "@/lib/connection/delivery/close-delivery";
import { coversRights } from "@/lib/connection/delivery/covers-rights";
import { openDelivery } from "@/lib/connection/delivery/open-delivery";
import { GatewayProblem } from "@/lib/connection/gateway/problem";
import type { GatewayRoute, RouteAnswer, RouteCall } from "@/lib/connection/gateway/route";
import type { Entity } from "@/lib/connectors/entity";
import { getConnector } from "@/lib/connectors/registry";
import { isAppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { readIdempotencyKey, runOnce } from "@/lib/platform/api/run-once";
import { type ConnectionData, ensureConnectionData } from "@/lib/platform/seal/connection-data";
import { describeOutcome } from "./describe-row";
import { receiveRows } from "./read-rows";
import type { AcceptedDelivery } from "./schema";

/** So that thousands of rows leave room for other calls between them. */
const ROWS_AT_ONCE = 250;

/** Takes rows of one entity into the connection's queue; what is wrong with a row is in the answer. */
export const deliverRecords: GatewayRoute = {
  method: "POST",
  path: "/records/{entity}",
  scope: "records",
  access: "deliveries",
  async handle(call) {
    const entity = getEntity(call);
    const key = readIdempotencyKey(call.request.headers["idempotency-key"]?.toString() ?? null);
    try {
      return await receiveRows(call.request, ({ rows, body }) =>
        key === null
          ? inConnection(call, async (tx) => toAnswer(call, await deliver(tx, call, entity, rows)))
          : inConnection(call, (tx) => deliverOnce(tx, call, entity, { rows, body, key })),
      );
    } catch (error) {
      // It ended while the rows came: the rule says since when.
      if (isAppError(error, "gone")) await call.again();
      throw error;
    }
  },
};

type Gateway = ScopedTransaction<"gateway">;

const inConnection = <T>(
  { context, keyHash, connectionId }: RouteCall,
  work: (tx: Gateway) => Promise<T>,
): Promise<T> => withScope(context.database, { kind: "gateway", keyHash, connectionId }, work);

const toAnswer = ({ connectionId }: RouteCall, body: AcceptedDelivery): RouteAnswer => ({
  status: 202,
  headers: { location: `/gateway/v1/connections/${connectionId}/deliveries/${body.deliveryId}` },
  body,
});

/** Throws `entity_unknown`, or `right_not_accepted` for one whose rights the accepted version lacks. */
function getEntity({ params, allowed }: RouteCall): Entity {
  const { entities = {}, manifest } = getConnector(allowed.connector);
  const id = params.entity ?? "";
  const entity = Object.hasOwn(entities, id) ? entities[id] : undefined;
  if (!entity)
    throw new GatewayProblem("entity_unknown", `${manifest.name} has no such entity here.`, {
      sent: "no",
      entities: Object.keys(entities),
    });
  if (!coversRights(manifest.rights, entity, allowed.rights))
    throw new GatewayProblem(
      "right_not_accepted",
      "The version that this customer accepted lacks a right that this entity needs.",
      { sent: "no", needsAllOf: entity.rights },
    );
  return entity;
}

/**
 * The same, once for an `Idempotency-Key`. Neither the sender's key nor what the answer says of rows is readable in the database, and
 * both end with the connection: the key and the body are kept as hashes of its data key, the answer is sealed with it.
 */
async function deliverOnce(
  tx: Gateway,
  call: RouteCall,
  entity: Entity,
  { rows, body, key }: { rows: readonly IncomingRow[]; body: Buffer; key: string },
): Promise<RouteAnswer> {
  const { allowed, connectionId, context } = call;
  const data = await ensureConnectionData(tx, context.keys, connectionId);
  const path = `/gateway/v1/connections/${connectionId}/records/${entity.id}`;
  const once = {
    key: data.hash(`idempotency/${key}`),
    method: "POST",
    path,
    body: data.hash(`body/${sha256(body)}`),
  };
  const place = `idempotency_keys/${path}/${once.key}/answer`;
  const outcome = await runOnce(tx, allowed, once, undefined, async () => ({
    status: 202,
    answer: data.seal(place, JSON.stringify(await deliver(tx, call, entity, rows))),
  }));
  const answer = toAnswer(call, openAnswer(data, place, outcome.answer));
  return outcome.isReplayed
    ? { ...answer, headers: { ...answer.headers, "idempotent-replayed": "true" } }
    : answer;
}

const openAnswer = (data: ConnectionData, place: string, sealed: unknown): AcceptedDelivery =>
  JSON.parse(data.open(place, String(sealed)).toString("utf8"));

async function deliver(
  tx: Gateway,
  { connectionId, allowed, context }: RouteCall,
  entity: Entity,
  rows: readonly IncomingRow[],
): Promise<AcceptedDelivery> {
  const delivery = await openDelivery(tx, context.keys, {
    connectionId,
    entity: entity.id,
    door: "api",
    sentBy: allowed.keyId,
  });
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await addRows(tx, delivery, rows.slice(start, start + ROWS_AT_ONCE));
  await closeDelivery(tx, delivery);
  const ended = await tx
    .select()
    .from(deliveryRows)
    .where(
      and(
        eq(deliveryRows.deliveryId, delivery.id),
        inArray(deliveryRows.state, ["rejected", "unchanged", "superseded"]),
      ),
    )
    .orderBy(asc(deliveryRows.position));
  const reading = { data: delivery.data, connectorId: allowed.connector };
  return {
    deliveryId: delivery.id,
    rows: rows.length,
    queued: rows.length - ended.length,
    rejected: ended.filter(({ state }) => state === "rejected").length,
    outcomes: ended.flatMap((row) => {
      const { outcome, ...told } = describeOutcome(reading, row);
      return outcome === null ? [] : [{ ...told, outcome }];
    }),
  };
}
