import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activations, connections, outboxEvents } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { createConnection } from "./create-connection";
import { checkConnections } from "./sweep-connections";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = new Date("2026-03-01T12:00:00Z");
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
  viewer = await createViewer(database);
});
afterAll(() => database.close());
const orm = () => database.admin.orm;
beforeEach(async () => {
  await orm().delete(connections);
  await orm().delete(outboxEvents);
});

type ConnectionValues = Partial<typeof connections.$inferInsert>;
const ACTIVE = { state: "active", attention: null } satisfies ConnectionValues;
const PENDING = { state: "needs_attention", attention: "verification_pending" } satisfies ConnectionValues;

/** A connection of an activation that has become active; gives its id. */
async function connect(
  values: ConnectionValues,
  ofActivation: Partial<typeof activations.$inferInsert> = {},
): Promise<string> {
  const { requestId } = await createRequest(database, viewer, integration);
  const activation = only((await readRequest(database, requestId)).activations);
  await orm()
    .update(activations)
    .set({ state: "active", ...ofActivation })
    .where(eq(activations.id, activation.id));
  const id = await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
  await orm().update(connections).set(values).where(eq(connections.id, id));
  await orm().delete(outboxEvents);
  return id;
}

/** One sweep; gives which connections it has checked, in that order. */
async function sweep(): Promise<unknown[]> {
  const asked = await asSystem(context, "test", (tx) => checkConnections(tx, NOW));
  const events = await orm()
    .select()
    .from(outboxEvents)
    .orderBy(asc(outboxEvents.createdAt), asc(outboxEvents.id));
  expect(events.every(({ name }) => name === "connection/check.wanted")).toBe(true);
  expect(asked).toBe(events.length);
  return events.map(({ data }) => data.connectionId);
}

describe("what is due", () => {
  const [recently, aDayAgo] = [ago(23 * HOUR_MS), ago(25 * HOUR_MS)];
  test.each<[string, ConnectionValues]>([
    ["works and was not checked for a day", { ...ACTIVE, verifiedAt: aDayAgo }],
    [
      "has trouble and was not checked for a day",
      { state: "needs_attention", attention: "rights_missing", verifiedAt: aDayAgo },
    ],
    ["could not be checked for a day", { ...ACTIVE, verifiedAt: aDayAgo, checkFailedAt: ago(MINUTE_MS) }],
    [
      "was put off more than five minutes ago",
      { ...PENDING, stateSince: aDayAgo, verifiedAt: ago(6 * MINUTE_MS) },
    ],
    ["has a first key whose check was lost", { ...PENDING, stateSince: ago(6 * MINUTE_MS) }],
    [
      "took another key, whose check was lost",
      { ...PENDING, stateSince: ago(6 * MINUTE_MS), verifiedAt: recently },
    ],
  ])("one that %s", async (_what, values) => {
    const id = await connect(values);
    expect(await sweep()).toEqual([id]);
  });

  test.each<[string, ConnectionValues]>([
    ["was checked within the day", { ...ACTIVE, stateSince: aDayAgo, verifiedAt: recently }],
    [
      "was found to have trouble within the day",
      { state: "needs_attention", attention: "disconnected", stateSince: aDayAgo, verifiedAt: recently },
    ],
    ["was put off just now", { ...PENDING, stateSince: aDayAgo, verifiedAt: ago(4 * MINUTE_MS) }],
    ["has its first key since just now", { ...PENDING, stateSince: ago(4 * MINUTE_MS) }],
    [
      "took another key just now, which was asked about",
      { ...PENDING, stateSince: ago(4 * MINUTE_MS), verifiedAt: recently },
    ],
    ["is being ended", { state: "offboarding", attention: null, verifiedAt: aDayAgo }],
    ["was removed", { state: "removed", attention: null, verifiedAt: aDayAgo }],
  ])("not one that %s", async (_what, values) => {
    await connect(values);
    expect(await sweep()).toEqual([]);
  });

  test("not one that its request's job is about to check", async () => {
    await connect({ ...PENDING, stateSince: ago(HOUR_MS) }, { state: "activating" });
    expect(await sweep()).toEqual([]);
  });
});

test("whose turn was longest ago comes first, and who could not be checked comes last", async () => {
  const failing = await connect({ ...ACTIVE, verifiedAt: ago(90 * HOUR_MS), checkFailedAt: ago(MINUTE_MS) });
  const late = await connect({ ...ACTIVE, verifiedAt: ago(25 * HOUR_MS) });
  const never = await connect({ ...PENDING, stateSince: ago(40 * HOUR_MS) });
  const later = await connect({ ...ACTIVE, verifiedAt: ago(30 * HOUR_MS) });
  expect(await sweep()).toEqual([never, later, late, failing]);
});

/** Connections of nobody that were not checked for two days. */
async function connectMany(many: number): Promise<void> {
  await database.admin.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into connections
      (id, activation_id, partner_id, account_id, integration_id, environment_id, specification_id, state, verified_at)
      select gen_random_uuid(), gen_random_uuid(), ${randomUUID()}, ${randomUUID()}, gen_random_uuid(),
        gen_random_uuid(), gen_random_uuid(), 'active', ${ago(48 * HOUR_MS).toISOString()}
      from generate_series(1, ${many})`;
  });
}

test.each([
  [60, 50],
  // 288 sweeps a day, of which nine tenths have to do.
  [20_000, Math.ceil(20_000 / (288 * 0.9))],
])(
  "of %i connections %i are checked at once, so that all have their turn within a day",
  async (many, batch) => {
    await connectMany(many);
    expect(new Set(await sweep()).size).toBe(batch);
  },
);
