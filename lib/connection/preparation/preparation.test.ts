import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activations,
  connectionCounters,
  connectionPreparations,
  connections,
  offboardingSteps,
  preparationSteps,
  preparedThings,
} from "@/db/schema";
import { loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { deactivateConnections } from "@/lib/connection/offboarding/deactivate-connections";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { getConnector } from "@/lib/connectors/registry";
import { sweep } from "@/lib/operations/sweep/sweep";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import {
  activateTenant,
  connectTenant,
  createAdministrator,
  createSuperOfficeWorld,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { untilWaiting } from "@/testing/fixtures/until-waiting";
import { askForPreparation, chooseForPreparation } from "./ask-for-preparation";
import { prepareActiveConnections } from "./prepare-active";
import {
  beginPreparation,
  finishPreparation,
  postponePreparation,
  prepareConnection,
} from "./prepare-connection";
import { findPreparationView, summarizePrepared } from "./queries";
import { runStep } from "./run-step";
import { makeTools } from "./things";

let world: SuperOfficeWorld;
beforeAll(async () => {
  const right = (path: string) => ({ path, level: "write", reason: "Writes." });
  world = await createSuperOfficeWorld({
    technicalUser: { username: "CRM Sync", rights: ["contact", "sale", "ticket"].map(right) },
  });
});
afterAll(() => world.close());

type Connected = { viewer: Viewer; tenantId: string; id: string };

async function connect(how: typeof connectTenant = connectTenant): Promise<Connected> {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  const tenantId = only(tenantIds);
  return { viewer, tenantId, id: await how(world, viewer, tenantId) };
}

async function readState(id: string) {
  const { orm } = world.database.admin;
  const { state, attention, activationId } = only(
    await orm.select().from(connections).where(eq(connections.id, id)),
  );
  const activation = only(await orm.select().from(activations).where(eq(activations.id, activationId)));
  return { state, attention, activation: activation.state };
}

async function view({ viewer, id }: Connected) {
  const found = await asCustomer(world.database, viewer, (tx) => findPreparationView(tx, id));
  if (!found) throw new Error("no preparation");
  return found;
}

const stepsOf = async (connected: Connected) =>
  Object.fromEntries((await view(connected)).steps.map(({ id, ...step }) => [id, step]));
const layoutOf = (tenantId: string, type: string) => world.sandbox.state.layouts[tenantId]?.[type];
const progIds = (tenantId: string, type: string) =>
  layoutOf(tenantId, type)?.published.map(({ ProgId }) => ProgId);

const READY = { state: "active", attention: null, activation: "active" };

test("a connection is active once the tenant is ready, and not before", async () => {
  const connected = await connect();
  expect(await readState(connected.id)).toEqual({
    state: "needs_attention",
    attention: "preparation_pending",
    activation: "activating",
  });
  expect(await prepareConnection(world.context, connected.id)).toBe("ready");
  expect(await readState(connected.id)).toEqual(READY);
  const { tenantId } = connected;
  expect(progIds(tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
  expect(layoutOf(tenantId, "Sale")?.published[0]).toMatchObject({
    ProgId: "Siteshop:SaleUserKey01",
    FieldType: "ShortText",
    TextLength: 39,
    IsIndexed: true,
    IsReadOnly: true,
  });
  expect(world.sandbox.state.crms[tenantId]?.lists.source?.map(({ name }) => name)).toContain("API");
  const steps = await stepsOf(connected);
  expect(Object.keys(steps)).toEqual([
    "field_contact",
    "layout_contact",
    "field_sale",
    "layout_sale",
    "field_ticket",
    "lists",
    "sale_lists",
    "source",
  ]);
  expect(steps.field_contact).toMatchObject({ state: "done", value: "Siteshop:CompUserKey01" });
  expect(steps.field_ticket).toMatchObject({ state: "kept", because: "only_foreign_app" });
  expect((await view(connected)).removable).toEqual([
    "field:contact:Siteshop:CompUserKey01",
    "field:sale:Siteshop:SaleUserKey01",
    "list_item:source:API",
  ]);
  // The daily check finds it ready.
  await verifyConnection(world.context, connected.id);
  expect(await readState(connected.id)).toEqual(READY);
});

test("the entities read where their keys are kept", async () => {
  const { id } = await connect(activateTenant);
  const { prepare } = getConnector("superoffice");
  if (!prepare) throw new Error("prepares nothing");
  const prepared = await asSystem(world.context, "test", (tx) => summarizePrepared(tx, id, prepare));
  expect(prepared).toEqual({
    prefix: "Siteshop:",
    keyPlaces: {
      companies: { kind: "user_field", progId: "Siteshop:CompUserKey01" },
      sales: { kind: "user_field", progId: "Siteshop:SaleUserKey01" },
    },
  });
});

test("what exists is kept, and never ours to remove", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  const tenantId = only(tenantIds);
  await world.sandbox.setFaults({
    makeKeyField: { [tenantId]: { type: "Contact", progId: "Siteshop:CompUserKey01" } },
  });
  const connected = { viewer, tenantId, id: await activateTenant(world, viewer, tenantId) };
  expect((await stepsOf(connected)).field_contact).toMatchObject({
    state: "kept",
    value: "Siteshop:CompUserKey01",
  });
  expect((await view(connected)).removable).not.toContain("field:contact:Siteshop:CompUserKey01");
  expect(progIds(tenantId, "Contact")).toHaveLength(1);
});

test("without an indexed column that is free, keys go to the table of foreign keys", async () => {
  const connected = await connect();
  await world.sandbox.setFaults({ takeSlots: { [connected.tenantId]: "Contact" } });
  expect(await prepareConnection(world.context, connected.id)).toBe("ready");
  const steps = await stepsOf(connected);
  expect(steps.field_contact).toMatchObject({ value: "foreign_app", because: "no_slot_free" });
  expect(steps.field_sale).toMatchObject({ value: "Siteshop:SaleUserKey01" });
});

describe("what a person has to put right", () => {
  test("an administrator's unpublished layout is not published with ours", async () => {
    const connected = await connect();
    const { tenantId, viewer, id } = connected;
    await world.sandbox.setFaults({ changeLayout: { [tenantId]: "Contact" } });
    expect(await prepareConnection(world.context, id)).toBe("blocked");
    expect(await readState(id)).toEqual({
      state: "needs_attention",
      attention: "not_prepared",
      activation: "active",
    });
    expect(layoutOf(tenantId, "Contact")?.published).toEqual([]);
    expect((await stepsOf(connected)).field_contact).toMatchObject({
      state: "cannot",
      because: "layout_unpublished",
      mendedBy: "customer_at_vendor",
    });
    await world.sandbox.setFaults({ publishLayout: { [tenantId]: "Contact" } });
    await asCustomer(world.database, viewer, (tx) => askForPreparation(tx, viewer, id));
    expect((await view(connected)).isBusy).toBe(true);
    expect(await prepareConnection(world.context, id)).toBe("ready");
    expect(await readState(id)).toEqual(READY);
    expect(progIds(tenantId, "Contact")).toContain("Siteshop:CompUserKey01");
  });

  test("a refused right, a failed publication and an empty list are told apart, with the vendor's words", async () => {
    const refused = await connect();
    await world.sandbox.setFaults({ withoutAdministration: refused.tenantId });
    await prepareConnection(world.context, refused.id);
    await world.sandbox.setFaults({ withoutAdministration: null });
    expect((await stepsOf(refused)).field_contact).toMatchObject({
      because: "no_right",
      mendedBy: "partner",
    });

    const failed = await connect();
    await world.sandbox.setFaults({ failNextPublish: true, emptyList: { [failed.tenantId]: "saletype" } });
    expect(await prepareConnection(world.context, failed.id)).toBe("blocked");
    const steps = await stepsOf(failed);
    expect(steps.layout_contact).toMatchObject({
      because: "publish_failed",
      answer: { messages: ["The layout could not be published."] },
    });
    expect(steps.sale_lists).toMatchObject({ because: "list_empty", answer: { messages: ["saletype"] } });
    // The field that is in the layout already is ours, and is published now.
    await prepareConnection(world.context, failed.id);
    expect((await stepsOf(failed)).layout_contact).toMatchObject({ state: "done", answer: null });
    expect(progIds(failed.tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
  });
});

test("a tenant under maintenance holds nothing up for good: the activation ends, and the sweep comes back", async () => {
  const { id, tenantId } = await connect();
  await world.sandbox.setFaults({ states: { [tenantId]: "OfflineMaintenance" }, dropTickets: tenantId });
  const [step = ""] = await beginPreparation(world.context, id);
  await expect(runStep(world.context, id, step)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await postponePreparation(world.context, id, "away")).toBe("pending");
  expect(await readState(id)).toEqual({
    state: "needs_attention",
    attention: "preparation_pending",
    activation: "active",
  });
  await sweep(world.context, new Date(Date.now() + 17 * 60_000));
  const events = await world.database.admin.sql`
    select data from outbox_events where name = 'connection/preparation.wanted' and data ->> 'connectionId' = ${id}`;
  expect(events).toHaveLength(1);
  await world.sandbox.setFaults({ states: { [tenantId]: "Running" } });
  expect(await prepareConnection(world.context, id)).toBe("ready");
  expect(await readState(id)).toEqual(READY);
});

describe("a process that dies in a step", () => {
  const WRITES = [
    { method: "POST", path: "/v1/Contact/UdefLayout" },
    { method: "PUT", path: "/v1/Contact/UdefLayout" },
    { method: "POST", path: "/v1/Contact/UdefLayout/Publish" },
    { method: "POST", path: "/v1/Agents/Configuration/RebuildUdefDeltas" },
    { method: "POST", path: "/v1/List/Source/Items" },
  ];
  test.each(WRITES)(
    "whose answer to $method $path was lost is repeated, and nothing is there twice",
    async (lost) => {
      const connected = await connect();
      const { id, tenantId } = connected;
      await world.sandbox.setFaults({ loseAnswerNext: lost });
      await expect(prepareConnection(world.context, id)).rejects.toMatchObject({ kind: "unavailable" });
      expect(await prepareConnection(world.context, id)).toBe("ready");
      expect(progIds(tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
      const api = world.sandbox.state.crms[tenantId]?.lists.source?.filter(({ name }) => name === "API");
      expect(api).toHaveLength(1);
      // It is known as ours, whatever the answer was.
      expect((await view(connected)).removable).toEqual([
        "field:contact:Siteshop:CompUserKey01",
        "field:sale:Siteshop:SaleUserKey01",
        "list_item:source:API",
      ]);
    },
  );

  test("a step that has ended is not run again", async () => {
    const { id } = await connect(activateTenant);
    const before = (await world.sandbox.readStats()).calls.length;
    expect(await beginPreparation(world.context, id)).toEqual([]);
    expect(await runStep(world.context, id, "field_contact")).toBe("done");
    expect(await finishPreparation(world.context, id)).toBe("ready");
    expect((await world.sandbox.readStats()).calls).toHaveLength(before);
  });
});

test("two connections in one tenant do not share a field, and share an item of a list", async () => {
  const first = await connect(activateTenant);
  const second = await connect();
  const { environmentId } = await loadConnection(world.context, first.id);
  const other = { ...(await loadConnection(world.context, second.id)), environmentId };
  const tools = makeTools(world.context, other, {});
  expect(await tools.use("field:contact:Siteshop:CompUserKey01", "alone")).toBeNull();
  expect(await tools.use("list_item:source:API", "shared")).toEqual({ isOurs: true });
  expect(await tools.use("field:contact:Siteshop:CompUserKey02", "alone")).toEqual({ isOurs: false });
});

test("the customer chooses where keys are kept, until there are keys", async () => {
  const connected = await connect(activateTenant);
  const { viewer, id } = connected;
  const choose = (choices: Record<string, string>, as = viewer) =>
    asCustomer(world.database, as, (tx) => chooseForPreparation(tx, as, { connectionId: id, choices }));
  expect(await choose({ keyPlace: "elsewhere" })).toEqual(["keyPlace"]);
  expect(await choose({ keyPlace: "foreign_app" })).toEqual([]);
  expect(await prepareConnection(world.context, id)).toBe("ready");
  expect((await stepsOf(connected)).field_contact).toMatchObject({ value: "foreign_app", because: "chosen" });
  expect(await readState(id)).toEqual(READY);
  const { partnerId, accountId } = await loadConnection(world.context, id);
  await world.database.admin
    .sql`insert into connection_counters (connection_id, partner_id, account_id, entity, day, outcome, count)
    values (${id}, ${partnerId}, ${accountId}, 'companies', '2026-01-01', 'written', 1)`;
  expect((await view(connected)).isFixed).toBe(true);
  await expect(choose({ keyPlace: "user_field" })).rejects.toMatchObject({ code: "conflict" });
  await expect(choose({}, await createViewer(world.database))).rejects.toMatchObject({ code: "not_found" });
});

test("what is chosen while a round comes to its end begins the next one", async () => {
  const { viewer, id } = await connect();
  for (const step of await beginPreparation(world.context, id)) await runStep(world.context, id, step);
  let finishing: ReturnType<typeof finishPreparation> = Promise.resolve(null);
  await asCustomer(world.database, viewer, async (tx) => {
    const choices = { keyPlace: "foreign_app" };
    expect(await chooseForPreparation(tx, viewer, { connectionId: id, choices })).toEqual([]);
    finishing = finishPreparation(world.context, id);
    await untilWaiting(world.database, finishing);
  });
  expect(await finishing).toBe("pending");
  expect(await prepareConnection(world.context, id)).toBe("ready");
  expect((await stepsOf({ viewer, id, tenantId: "" })).field_contact).toMatchObject({ value: "foreign_app" });
});

test("what was made is written down for the tenant", async () => {
  const { id } = await connect(activateTenant);
  const { environmentId } = await loadConnection(world.context, id);
  const made = await world.database.admin.orm
    .select()
    .from(preparedThings)
    .where(eq(preparedThings.environmentId, environmentId));
  expect(made).toHaveLength(3);
  expect(made.every(({ madeAt, removedAt }) => madeAt !== null && removedAt === null)).toBe(true);
});

describe("the end of a connection", () => {
  async function end({ viewer, id }: Connected, removesPrepared: boolean): Promise<string[]> {
    const wanted = { connectionIds: [id], reason: null, removesPrepared };
    await asCustomer(world.database, viewer, (tx) => deactivateConnections(tx, viewer, wanted));
    await workOnOffboarding(world.context, id);
    const steps = await world.database.admin.orm
      .select()
      .from(offboardingSteps)
      .where(eq(offboardingSteps.connectionId, id))
      .orderBy(offboardingSteps.at, offboardingSteps.id);
    return steps.map(({ kind }) => kind).filter((kind) => kind.startsWith("prepared"));
  }
  const sourcesOf = (tenantId: string) =>
    world.sandbox.state.crms[tenantId]?.lists.source?.map(({ name }) => name);

  test("removes what we made, when the customer ticked it", async () => {
    const connected = await connect(activateTenant);
    expect(await end(connected, true)).toEqual(["prepared_removed"]);
    expect(progIds(connected.tenantId, "Contact")).toEqual([]);
    expect(progIds(connected.tenantId, "Sale")).toEqual([]);
    expect(sourcesOf(connected.tenantId)).not.toContain("API");
  });

  test("leaves everything when the customer did not", async () => {
    const connected = await connect(activateTenant);
    expect(await end(connected, false)).toEqual(["prepared_kept"]);
    expect(progIds(connected.tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
  });

  test("leaves what another connection uses, and what was there before", async () => {
    const { viewer, tenantIds } = await createAdministrator(world, 1);
    const tenantId = only(tenantIds);
    await world.sandbox.setFaults({
      makeKeyField: { [tenantId]: { type: "Contact", progId: "Siteshop:CompUserKey01" } },
    });
    const connected = { viewer, tenantId, id: await activateTenant(world, viewer, tenantId) };
    const other = await connect();
    const { environmentId } = await loadConnection(world.context, connected.id);
    const tools = makeTools(
      world.context,
      { ...(await loadConnection(world.context, other.id)), environmentId },
      {},
    );
    await tools.use("list_item:source:API", "shared");
    expect(await end(connected, true)).toEqual(["prepared_removed", "prepared_kept"]);
    expect(progIds(tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
    expect(progIds(tenantId, "Sale")).toEqual([]);
    expect(sourcesOf(tenantId)).toContain("API");
  });

  test("says so when an administrator's unpublished layout is in the way", async () => {
    const connected = await connect(activateTenant);
    await world.sandbox.setFaults({ changeLayout: { [connected.tenantId]: "Sale" } });
    expect(await end(connected, true)).toEqual(["prepared_removed", "prepared_not_removed"]);
    expect(progIds(connected.tenantId, "Contact")).toEqual([]);
    expect(progIds(connected.tenantId, "Sale")).toEqual(["Siteshop:SaleUserKey01"]);
  });

  test("repeats a removal whose answer was lost, and gives up on a key that is dead", async () => {
    const lost = await connect(activateTenant);
    await world.sandbox.setFaults({
      loseAnswerNext: { method: "DELETE", path: "/v1/Contact/UdefLayout/Siteshop%3ACompUserKey01" },
    });
    await expect(end(lost, true)).rejects.toMatchObject({ kind: "unavailable" });
    await workOnOffboarding(world.context, lost.id);
    expect(progIds(lost.tenantId, "Contact")).toEqual([]);

    const dead = await connect(activateTenant);
    await world.sandbox.setFaults({ revoke: dead.tenantId });
    expect(await end(dead, true)).toEqual(["prepared_not_removed"]);
  });
});

describe("an end that comes while a step of the preparation is under way", () => {
  test("waits until what was asked for must have come to be, and removes it then", async () => {
    const { viewer, tenantId, id } = await connect();
    const [step] = await beginPreparation(world.context, id);
    if (!step) throw new Error("no step");
    await world.sandbox.setFaults({ loseAnswerNext: { method: "PUT", path: "/v1/Contact/UdefLayout" } });
    await expect(runStep(world.context, id, step)).rejects.toMatchObject({ kind: "unavailable" });
    await postponePreparation(world.context, id, "the vendor was away");
    const wanted = { connectionIds: [id], reason: null, removesPrepared: true };
    await asCustomer(world.database, viewer, (tx) => deactivateConnections(tx, viewer, wanted));
    await expect(workOnOffboarding(world.context, id)).rejects.toMatchObject({
      kind: "unavailable",
      retryAfterSeconds: expect.any(Number),
    });
    expect(layoutOf(tenantId, "Contact")?.draft).toHaveLength(1);
    await world.database.admin.sql`update prepared_things set begun_at = now() - interval '4 minutes'`;
    await workOnOffboarding(world.context, id);
    expect(layoutOf(tenantId, "Contact")).toMatchObject({ draft: [], published: [] });
  });
});

describe("a connection that an older version activated", () => {
  const forgetPreparation = async (id: string) => {
    const { orm } = world.database.admin;
    await orm.delete(preparationSteps).where(eq(preparationSteps.connectionId, id));
    await orm.delete(connectionPreparations).where(eq(connectionPreparations.connectionId, id));
  };
  const open = () => prepareActiveConnections(world.context);

  test("is held up and prepared when the worker starts, once", async () => {
    const { id } = await connect(activateTenant);
    await forgetPreparation(id);
    expect(await open()).toBe(1);
    expect(await readState(id)).toMatchObject({ state: "needs_attention", attention: "preparation_pending" });
    const wanted = await world.database.admin.sql`select 1 from outbox_events
      where name = 'connection/preparation.wanted' and data ->> 'connectionId' = ${id}`;
    expect(wanted).toHaveLength(1);
    expect(await open()).toBe(0);
    expect(await prepareConnection(world.context, id)).toBe("ready");
    expect(await readState(id)).toEqual(READY);
    const told = await world.database.admin
      .sql`select type from webhook_events where subject_id = ${id} order by sequence`;
    expect(told.map(({ type }) => type)).toEqual([
      ...["connection.preparing", "connection.active"],
      ...["connection.preparing", "connection.active"],
    ]);
  });

  test("keeps the keys of the rows that were written where they are", async () => {
    const connected = await connect(activateTenant);
    const { id, tenantId } = connected;
    await forgetPreparation(id);
    const { partnerId, accountId } = await loadConnection(world.context, id);
    await world.database.admin.orm.insert(connectionCounters).values({
      connectionId: id,
      partnerId,
      accountId,
      day: "2026-11-30",
      entity: "companies",
      outcome: "written",
      count: 1,
    });
    expect(await open()).toBe(1);
    expect(await prepareConnection(world.context, id)).toBe("ready");
    expect((await stepsOf(connected)).field_contact).toMatchObject({
      value: "foreign_app",
      because: "chosen",
    });
    expect(progIds(tenantId, "Contact")).toEqual(["Siteshop:CompUserKey01"]);
  });
});
