import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connections, holds } from "@/db/schema";
import { isPaused } from "@/lib/connection/hold/queries";
import { HOLD_SIDES } from "@/lib/connection/hold/schema";
import { sha256 } from "@/lib/core/hash";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";
import { findStop, type HoldFacts, type Stop } from "./permissions";
import { ATTENTION_CAUSES, CONNECTION_STATES } from "./schema";

let world: GatewayWorld;
let software: ConnectedSoftware;
beforeAll(async () => {
  world = await createGatewayWorld();
  software = await connectSoftware(world);
  // Combinations that the table keeps out are asked about too: neither side of the rule relies on the table.
  await world.database.admin.sql`alter table connections drop constraint connections_attention`;
});
afterAll(() => world.close());

const HOUR_MS = 3_600_000;
const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS);

/** Every hold that differs in what the rule reads. */
const HOLDS: (HoldFacts | null)[] = [
  null,
  ...(["pause", "scheduled_end"] as const).flatMap((kind) =>
    [-1, 1].flatMap((since) =>
      (kind === "pause" ? [null, -0.5, 2] : [-0.5, 2]).flatMap((until) =>
        until !== null && until <= since
          ? []
          : [null, -0.1].map((lifted) => ({
              kind,
              setBy: "partner" as const,
              since: inHours(since),
              until: until === null ? null : inHours(until),
              liftedAt: lifted === null ? null : inHours(lifted),
            })),
      ),
    ),
  ),
];
const ATTENTIONS = [null, ...ATTENTION_CAUSES];

async function setFacts(
  { state, attention }: { state: string; attention: string | null },
  held: readonly HoldFacts[],
): Promise<void> {
  const { sql: run, orm } = world.database.admin;
  await run`update connections set state = ${state}, attention = ${attention} where id = ${software.connectionId}`;
  await orm.delete(holds).where(eq(holds.connectionId, software.connectionId));
  const [own] = await orm.select().from(connections).where(eq(connections.id, software.connectionId));
  if (!own) throw new Error("no connection");
  const { partnerId, accountId } = own;
  if (held.length > 0)
    await orm.insert(holds).values(
      held.map((hold) => ({
        ...hold,
        connectionId: own.id,
        partnerId,
        accountId,
        liftedBy: hold.liftedAt ? hold.setBy : null,
      })),
    );
}

async function askDatabase(): Promise<{
  refusal: string | null;
  pausedBy: string | null;
  isStopped: boolean;
  isPaused: boolean;
}> {
  const { orm } = world.database.admin;
  const ids = JSON.stringify([software.connectionId]);
  const [row] = await orm.execute<{ answer: Record<string, string>; stopped: number }>(sql`
    select kytkin.authorize_gateway_call(${sha256(software.apiKey)}, ${software.connectionId}::uuid, 'gateway', 'gateway', null) as answer,
      (select count(*)::int from kytkin.stopped_connections(${ids}::text::jsonb)) as stopped`);
  const [pause] = await orm
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.id, software.connectionId), isPaused(new Date())));
  return {
    refusal: row?.answer.refusal ?? null,
    pausedBy: row?.answer.pausedBy ?? null,
    isStopped: row?.stopped === 1,
    isPaused: pause !== undefined,
  };
}

/** What a call is refused for; rows that wait for the preparation stop no call. */
const REFUSAL_OF: Record<Stop["because"], string | null> = {
  not_prepared: null,
  ended: "connection_ended",
  paused: "connection_paused",
  no_usable_key: "connection_needs_attention",
};

async function compare(
  state: (typeof CONNECTION_STATES)[number],
  attention: (typeof ATTENTIONS)[number],
  held: HoldFacts[],
) {
  await setFacts({ state, attention }, held);
  const stop = findStop("call", { state, attention }, held, new Date());
  const pause = findStop("check", { state: "active", attention: null }, held, new Date());
  const ended = findStop("accept", { state, attention: null }, [], new Date());
  const said = await askDatabase();
  const asked = JSON.stringify({ state, attention, held });
  expect(said.refusal, asked).toBe(stop && REFUSAL_OF[stop.because]);
  expect(said.pausedBy, asked).toBe(stop?.because === "paused" ? stop.setBy : null);
  expect(said.isPaused, asked).toBe(pause !== null);
  expect(said.isStopped, asked).toBe(pause !== null || ended !== null);
}

describe("what a connection may do is told by code and by the database alike", () => {
  test.each(CONNECTION_STATES)("in state %s, with every cause of attention and every hold", async (state) => {
    for (const attention of ATTENTIONS)
      for (const hold of HOLDS) await compare(state, attention, hold ? [hold] : []);
  });

  test("with pauses of several sides, the one that lasts longest is told", async () => {
    const until = [2, 5, null] as const;
    for (const first of until)
      for (const second of until)
        if (first !== second)
          await compare(
            "active",
            null,
            [first, second].map((hours, index) => ({
              kind: "pause",
              setBy: HOLD_SIDES[index] ?? "operator",
              since: inHours(-1),
              until: hours === null ? null : inHours(hours),
              liftedAt: null,
            })),
          );
  });
});
