import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activations, connections, holds, outboxEvents } from "@/db/schema";
import { askForCheck } from "@/lib/connection/lifecycle/ask-for-check";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { checkConnections } from "@/lib/connection/lifecycle/sweep-connections";
import { endDueConnections } from "@/lib/connection/offboarding/end-due";
import { holdInConsole, liftHoldInConsole } from "@/lib/partner/monitoring/act-on-connection";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { liftHold } from "./lift-hold";
import { placeHold } from "./place-hold";
import { findHolds } from "./queries";
import { readEndTime, readPauseTimes } from "./rules";
import { endPauses } from "./sweep-holds";

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
let stranger: Viewer;
let operator: Viewer;
let support: PartnerMember;
let admin: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
  viewer = await createViewer(database);
  stranger = await createViewer(database);
  operator = await createOperator(database);
  support = await createMember(database, integration.partner.id, "support");
  admin = await createMember(database, integration.partner.id, "admin");
});
afterAll(() => database.close());
const orm = () => database.admin.orm;

async function connect(): Promise<string> {
  const { requestId } = await createRequest(database, viewer, integration);
  const activation = only((await readRequest(database, requestId)).activations);
  await orm().update(activations).set({ state: "active" }).where(eq(activations.id, activation.id));
  const id = await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
  await orm()
    .update(connections)
    .set({ state: "active", attention: null, verifiedAt: inDays(-2) })
    .where(eq(connections.id, id));
  await orm().delete(outboxEvents);
  return id;
}

const PAUSE = { kind: "pause", reason: "Stocktaking.", until: null } as const;
const asViewer = {
  by: "customer",
  get userId() {
    return viewer.userId;
  },
} as const;
const pauseAsCustomer = (connectionId: string, until: Date | null = null, who = viewer) =>
  asCustomer(database, who, (tx) =>
    placeHold(
      tx,
      { by: "customer", userId: who.userId },
      { ...PAUSE, connectionId, since: new Date(), until },
    ),
  );
const listHolds = async (id: string) => orm().select().from(holds).where(eq(holds.connectionId, id));
const holdOf = async (id: string) => only(await listHolds(id));
const listWanted = async () => (await orm().select().from(outboxEvents)).map(({ name }) => name);
const sweepChecks = () => asSystem(context, "test", (tx) => checkConnections(tx, new Date()));

describe("a pause", () => {
  test("leaves the connection as it is, and out of the daily checks until it is resumed", async () => {
    const id = await connect();
    const before = only(await orm().select().from(connections).where(eq(connections.id, id)));
    await pauseAsCustomer(id);
    expect(only(await orm().select().from(connections).where(eq(connections.id, id)))).toEqual(before);
    expect(await sweepChecks()).toBe(0);
    await expect(asCustomer(database, viewer, (tx) => askForCheck(tx, viewer, id))).rejects.toMatchObject({
      code: "conflict",
    });
    const { id: holdId } = await holdOf(id);
    await asCustomer(database, viewer, (tx) => liftHold(tx, asViewer, holdId));
    expect(await listWanted()).toEqual(["connection/check.wanted"]);
    expect(await holdOf(id)).toMatchObject({ liftedBy: "customer", liftedByUser: viewer.userId });
    expect(await sweepChecks()).toBe(1);
  });

  test("is one of each side; the same side's second is a conflict, and a stranger's is not found", async () => {
    const id = await connect();
    await pauseAsCustomer(id);
    await expect(pauseAsCustomer(id)).rejects.toMatchObject({ code: "conflict" });
    await expect(pauseAsCustomer(id, null, stranger)).rejects.toMatchObject({ code: "not_found" });
    await asMember(database, support, (tx) =>
      holdInConsole(tx, support, { ...PAUSE, connectionId: id, since: new Date() }),
    );
    const lifted = await asCustomer(database, viewer, (tx) =>
      tx
        .update(holds)
        .set({ liftedAt: new Date() })
        .where(and(eq(holds.connectionId, id), eq(holds.setBy, "partner")))
        .returning({ id: holds.id }),
    );
    expect(lifted, "no statement of one side lifts what another one set").toEqual([]);
    const seen = await asMember(database, support, (tx) => findHolds(tx, [id]));
    expect(seen.get(id)?.map(({ setBy, reason }) => ({ setBy, reason }))).toEqual([
      { setBy: "customer", reason: "Stocktaking." },
      { setBy: "partner", reason: "Stocktaking." },
    ]);
  });

  test("is lifted by its side or the operator alone, whatever the guard says", async () => {
    const id = await connect();
    await pauseAsCustomer(id);
    const { id: holdId } = await holdOf(id);
    await expect(
      asMember(database, support, (tx) => liftHoldInConsole(tx, support, holdId)),
    ).rejects.toMatchObject({ code: "forbidden" });
    const reached = await asMember(database, support, (tx) =>
      tx.update(holds).set({ liftedAt: new Date() }).where(eq(holds.id, holdId)).returning({ id: holds.id }),
    );
    expect(reached).toEqual([]);
    await asOperator(database, operator, (tx) =>
      liftHold(tx, { by: "operator", userId: operator.userId }, holdId),
    );
    expect(await holdOf(id)).toMatchObject({ liftedBy: "operator" });
  });

  test("ends by its date: the sweep notes it, asks for a check, and the side may pause anew", async () => {
    const id = await connect();
    await pauseAsCustomer(id, inDays(1));
    expect(await asSystem(context, "test", (tx) => endPauses(tx, new Date()))).toBe(0);
    expect(await asSystem(context, "test", (tx) => endPauses(tx, inDays(2)))).toBe(1);
    expect(await holdOf(id)).toMatchObject({ liftedBy: null });
    expect(await listWanted()).toEqual(["connection/check.wanted"]);
    await pauseAsCustomer(id);
    expect(await listHolds(id)).toHaveLength(2);
  });

  test("one that ended by its date does not keep the next one out, sweep or not", async () => {
    const id = await connect();
    await pauseAsCustomer(id, inDays(1));
    await orm()
      .update(holds)
      .set({ since: inDays(-3), until: inDays(-1) })
      .where(and(eq(holds.connectionId, id)));
    await pauseAsCustomer(id);
    expect((await listHolds(id)).filter(({ liftedAt }) => liftedAt === null)).toHaveLength(1);
  });
});

describe("an end on a day", () => {
  const wanted = (connectionId: string) =>
    ({ connectionId, kind: "scheduled_end", reason: "Over.", since: new Date(), until: inDays(3) }) as const;

  test("ends the connection when the day comes, in the name of who set it, once", async () => {
    const id = await connect();
    await asMember(database, admin, (tx) => holdInConsole(tx, admin, wanted(id)));
    const sweep = (now: Date) => asSystem(context, "test", (tx) => endDueConnections(tx, now));
    expect(await sweep(inDays(2))).toBe(0);
    expect(await sweep(inDays(4))).toBe(1);
    expect(await sweep(inDays(4))).toBe(0);
    const row = only(
      await database.admin.sql`select state, asked_by, asked_by_user, reason from connections
        join offboardings on connection_id = connections.id where connections.id = ${id}`,
    );
    expect(row).toMatchObject({
      state: "offboarding",
      asked_by: "partner",
      asked_by_user: admin.userId,
      reason: "Over.",
    });
    expect(await listWanted()).toEqual(["connection/offboarding.wanted"]);
  });

  test("is refused to a role that may pause and not end, by the guard and by the database", async () => {
    const id = await connect();
    await expect(
      asMember(database, support, (tx) => holdInConsole(tx, support, wanted(id))),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      asMember(database, support, (tx) =>
        placeHold(tx, { by: "partner", userId: support.userId }, wanted(id)),
      ),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("is taken back before the day", async () => {
    const id = await connect();
    await asCustomer(database, viewer, (tx) => placeHold(tx, asViewer, wanted(id)));
    const { id: holdId } = await holdOf(id);
    await asCustomer(database, viewer, (tx) => liftHold(tx, asViewer, holdId));
    expect(await asSystem(context, "test", (tx) => endDueConnections(tx, inDays(9)))).toBe(0);
    expect(await listWanted()).toEqual([]);
  });
});

describe("the days of a form", () => {
  const now = new Date("2026-03-02T08:00:00Z");
  const zone = "Europe/Helsinki";
  test.each([
    ["", "", { since: now, until: null }],
    ["2026-03-02", "", { since: now, until: null }],
    ["", "2026-03-10", { since: now, until: new Date("2026-03-09T22:00:00Z") }],
    [
      "2026-03-05",
      "2026-03-10",
      { since: new Date("2026-03-04T22:00:00Z"), until: new Date("2026-03-09T22:00:00Z") },
    ],
    ["2026-03-01", "", { field: "from", error: "past" }],
    ["", "2026-03-02", { field: "until", error: "past" }],
    ["2026-03-05", "2026-03-05", { field: "until", error: "order" }],
    ["", "2029-01-01", { field: "until", error: "too_late" }],
  ])("from %j until %j", (from, until, expected) => {
    expect(readPauseTimes({ from, until, zone }, now)).toEqual(expected);
  });

  test("an end lies in the future, within two years", () => {
    expect(readEndTime("2026-03-02", zone, now)).toBe("past");
    expect(readEndTime("2026-03-03", zone, now)).toEqual(new Date("2026-03-02T22:00:00Z"));
    expect(readEndTime("2028-12-01", zone, now)).toBe("too_late");
  });
});
