import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connections, inboundCalls, inboundNotices, offboardings, outboxEvents } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import { asSystem } from "@/lib/platform/worker-context";
import { only } from "@/testing/fixtures/only";
import {
  activateTenant,
  createAdministrator,
  createSuperOfficeWorld,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { makeInboundAddress } from "./make-address";
import { readCalls } from "./read-calls";
import { isInboundAddress, receiveCall } from "./receive-call";
import { CALLS_LAST_MS, MAX_CALL_BYTES, MAX_WAITING_CALLS } from "./schema";
import { sweepCalls } from "./sweep-calls";

let world: SuperOfficeWorld;
let tenantId: string;
let connectionId: string;
let userId: string;
beforeAll(async () => {
  world = await createSuperOfficeWorld();
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  tenantId = tenantIds[0] ?? "";
  userId = viewer.userId;
  connectionId = await activateTenant(world, viewer, tenantId);
});
afterAll(() => world.close());

let address: string;
beforeEach(async () => {
  address = await renewAddress();
});
afterEach(async () => {
  const { orm } = world.database.admin;
  await orm.delete(inboundCalls);
  await orm.delete(inboundNotices);
  await orm.delete(outboxEvents);
});

async function renewAddress(): Promise<string> {
  const { pathname } = await makeInboundAddress(world.context, world.integration.slug);
  return pathname.split("/").at(-1) ?? "";
}

const inPublic = <T>(work: (tx: ScopedTransaction<"public">) => Promise<T>) =>
  withScope(world.database.web, { kind: "public" }, work);
const receive = (body: string, to: { connector?: string; address?: string } = {}) =>
  inPublic((tx) => receiveCall(tx, { connector: "superoffice", address, ...to }, { headers: {}, body }));
const read = () => readCalls(world.context, world.integration.vendorApplicationId);
const push = async (changes: object = {}) =>
  JSON.stringify({ ...(await world.sandbox.push(tenantId)), ...changes });
const listChecks = async () =>
  (await world.database.admin.orm.select().from(outboxEvents))
    .filter(({ name }) => name === "connection/check.wanted")
    .map(({ data }) => data);

test("a notice has the tenant's connection checked, which tells what is true", async () => {
  await world.sandbox.setFaults({ states: { [tenantId]: "Suspended" } });
  expect(await receive(await push({ ChangeType: 2 }))).toBe("kept");
  const kept = only(await world.database.admin.orm.select().from(inboundCalls));
  expect(kept.sealedCall).not.toContain(tenantId);
  expect(Buffer.from(kept.sealedCall.split(".")[0] ?? "", "base64url").toString()).not.toContain(tenantId);
  expect(await read()).toBe(1);
  expect(await listChecks()).toEqual([{ connectionId }]);
  expect(await world.database.admin.orm.select().from(inboundCalls)).toEqual([]);
  await expect(verifyConnection(world.context, connectionId)).rejects.toMatchObject({ kind: "unavailable" });
  await world.sandbox.setFaults({ states: { [tenantId]: "Running" } });
  await verifyConnection(world.context, connectionId);
});

test("that says that a tenant is deleted, while its state says that it runs, ends nothing", async () => {
  await receive(await push({ ChangeType: 4 }));
  await read();
  await verifyConnection(world.context, connectionId);
  const [row] = await world.database.admin.orm
    .select()
    .from(connections)
    .where(eq(connections.id, connectionId));
  expect(row?.state).toBe("active");
});

describe("what is not the vendor's", () => {
  test("is looked at once and forgotten: another signature, another tenant's token, no token, no JSON", async () => {
    await world.sandbox.setFaults({ forgeNextSignature: true });
    const forged = await push();
    const other = await push({ ContextIdentifier: "Cust10001" });
    for (const body of [
      forged,
      other,
      await push({ Token: "x" }),
      await push({ Token: 7 }),
      "{",
      "[]",
      "",
      "null",
    ])
      expect(await receive(body)).toBe("kept");
    expect(await read()).toBe(0);
    expect(await listChecks()).toEqual([]);
    expect(await world.database.admin.orm.select().from(inboundCalls)).toEqual([]);
  });

  test("sent again is one notice, today and tomorrow", async () => {
    const body = await push();
    for (const one of [body, body, body]) await receive(one);
    expect(await read()).toBe(1);
    await receive(body);
    expect(await read()).toBe(0);
    expect(await listChecks()).toHaveLength(1);
  });

  test("moved to another row it does not open", async () => {
    await receive(await push());
    await world.database.admin.sql`update inbound_calls set id = gen_random_uuid()`;
    expect(await read()).toBe(0);
    expect(await listChecks()).toEqual([]);
  });
});

describe("an address", () => {
  const isKnown = (connector: string, one: string) => inPublic((tx) => isInboundAddress(tx, connector, one));

  test("is known for its own vendor, until another one is made", async () => {
    expect(await isKnown("superoffice", address)).toBe(true);
    expect(await isKnown("procountor", address)).toBe(false);
    expect(await isKnown("superoffice", `${address}x`)).toBe(false);
    expect(await receive("{}", { connector: "procountor" })).toBe("unknown");
    const before = address;
    address = await renewAddress();
    expect(await isKnown("superoffice", before)).toBe(false);
    expect(await receive("{}", { address: before })).toBe("unknown");
  });

  test("is not made for an integration that is not there", async () => {
    await expect(makeInboundAddress(world.context, "no-such")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a flood", () => {
  test("is bounded by number at once, and taken again when the worker has read", async () => {
    const flood = Array.from({ length: MAX_WAITING_CALLS + 20 }, () => receive("{}"));
    const received = await Promise.all(flood);
    expect(received.filter((one) => one === "kept")).toHaveLength(MAX_WAITING_CALLS);
    expect(received.filter((one) => one === "full")).toHaveLength(20);
    await read();
    expect(await receive("{}")).toBe("kept");
  });

  test("is bounded by size", async () => {
    const large = "x".repeat(MAX_CALL_BYTES);
    const received = [];
    for (let index = 0; index < 40; index += 1) received.push(await receive(large));
    expect(received).toContain("full");
  });

  test("is bounded by age, and what was lost is read again", async () => {
    await receive(await push());
    const sweep = (now: Date) => asSystem(world.context, "test", (tx) => sweepCalls(tx, now));
    expect(await sweep(new Date())).toBe(0);
    expect(await sweep(new Date(Date.now() + 6 * 60_000))).toBe(1);
    await sweep(new Date(Date.now() + CALLS_LAST_MS + 1000));
    expect(await world.database.admin.orm.select().from(inboundCalls)).toEqual([]);
  });
});

test("keys of the vendor that cannot be read now leave the call waiting", async () => {
  await receive(await push());
  await world.sandbox.setFaults({
    failNext: [{ method: "GET", path: "/login/.well-known/jwks", status: 503 }],
  });
  await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
  expect(await read()).toBe(1);
});

test("a notice about a company whose connection ended is noted from a day after its key was proven dead, once", async () => {
  const { orm } = world.database.admin;
  await asSystem(world.context, "test", (tx) =>
    beginOffboarding(tx, {
      connectionId,
      askId: crypto.randomUUID(),
      reason: null,
      asker: { by: "customer", userId },
    }),
  );
  const readUse = () =>
    orm
      .select({ use: offboardings.keyUse, at: offboardings.keyUsedAt })
      .from(offboardings)
      .where(eq(offboardings.connectionId, connectionId))
      .then(only);
  const closeAt = async (closedAt: Date) => {
    await orm.update(connections).set({ state: "removed" }).where(eq(connections.id, connectionId));
    await orm
      .update(offboardings)
      .set({ outcome: "proven_dead", closedAt })
      .where(eq(offboardings.connectionId, connectionId));
  };
  const notice = async () => {
    await receive(await push());
    await read();
  };
  await notice();
  await closeAt(new Date());
  await notice();
  expect(await readUse()).toEqual({ use: null, at: null });
  await closeAt(new Date(Date.now() - 25 * 3_600_000));
  await notice();
  const first = await readUse();
  expect(first.use).toBe("vendor_notice");
  await notice();
  expect(await readUse()).toEqual(first);
});
