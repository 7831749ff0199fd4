import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connections } from "@/db/schema";
import { releaseGrant } from "@/lib/activation/grant/release-grant";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { listActiveOf } from "@/testing/fixtures/go-process";
import {
  type Customer,
  consent,
  createCustomer,
  createGoWorld,
  type GoWorld,
} from "@/testing/fixtures/go-world";
import { deactivate, readEnd } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import {
  activate,
  beginDraft,
  confirmAndSubmit,
  pasteAndCheck,
  readPastedGrant,
} from "@/testing/fixtures/pasted-key";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld();
});
afterAll(() => world.close());

/** Has the client's key, whoever made it, pasted for the customer's draft; gives the grant that this is. */
async function pasteKeyOf({ viewer, clientIds: [clientId = ""] }: Customer): Promise<string> {
  const draftId = await beginDraft(world, viewer);
  const key = await world.sandbox.addKey(clientId);
  expect(await pasteAndCheck(world, viewer, { draftId }, key)).toMatchObject({ state: "accepted" });
  return (await readPastedGrant(world, draftId)).grant.id;
}

/** Submits what was pasted and has it activated; gives the newest connection. */
async function activatePasted({ viewer }: Customer) {
  const requestId = await confirmAndSubmit(world, viewer);
  await activate(world, requestId, () => listUnverifiedConnections(world.context, requestId));
  await settleActivationRequest(world.context, requestId);
  const { orm } = world.database.admin;
  const isOwn = eq(connections.accountId, viewer.accountId);
  const [newest] = await orm.select().from(connections).where(isOwn).orderBy(desc(connections.id)).limit(1);
  if (!newest) throw new Error("no connection");
  return newest;
}

async function end({ viewer }: Customer, connectionId: string) {
  await deactivate(world, viewer, [connectionId]);
  await workOnOffboarding(world.context, connectionId);
  return readEnd(world, connectionId);
}

/** A connection on a key made by hand that was ended, and is tried until the customer removes the key. */
async function endPasted(customer: Customer): Promise<string> {
  await pasteKeyOf(customer);
  const { id } = await activatePasted(customer);
  expect(await end(customer, id)).toMatchObject({ keyFate: "left_to_customer", outcome: null });
  return id;
}

describe("a key whose connection was ended, and that still works", () => {
  test("can be pasted again: the new connection has it, and the old one's end closes", async () => {
    const customer = await createCustomer(world, 1);
    const ended = await endPasted(customer);
    await pasteKeyOf(customer);
    const { id, state } = await activatePasted(customer);
    expect([id === ended, state]).toEqual([false, "active"]);
    expect(await workOnOffboarding(world.context, ended)).toBe("closed");
    expect(await readEnd(world, ended)).toMatchObject({ outcome: "shared", hasSecrets: false });
    expect(await verifyConnection(world.context, id)).toBe("good");
  });

  test("can be brought by a consent, and is activated with it", async () => {
    const customer = await createCustomer(world, 1);
    const ended = await endPasted(customer);
    await beginDraft(world, customer.viewer);
    await consent(world, customer);
    const { id, state, keySource } = await activatePasted(customer);
    expect([id === ended, state, keySource]).toEqual([false, "active", "issued"]);
    expect(await workOnOffboarding(world.context, ended)).toBe("closed");
    expect(await readEnd(world, ended)).toMatchObject({ outcome: "shared", hasSecrets: false });
  });

  test("is refused while the vendor may still be made to remove it", async () => {
    const customer = await createCustomer(world, 1);
    await consent(world, customer);
    const { id } = await activatePasted(customer);
    await deactivate(world, customer.viewer, [id]);
    const draftId = await beginDraft(world, customer.viewer);
    const key = await world.sandbox.addKey(only(customer.clientIds));
    expect(await pasteAndCheck(world, customer.viewer, { draftId }, key)).toMatchObject({ state: "refused" });
    expect(await workOnOffboarding(world.context, id)).toBe("closed");
    expect(listActiveOf(world, customer)).toEqual([]);
  });
});

test("a key that a consent issued is given back though somebody pasted it too", async () => {
  const customer = await createCustomer(world, 1);
  const consented = await consent(world, customer);
  const pasted = await pasteKeyOf(customer);
  await releaseGrant(world.context, consented);
  expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
  await releaseGrant(world.context, pasted);
  expect(listActiveOf(world, customer)).toEqual([]);
});

test("used instead, it counts as issued, and its end removes the integration there", async () => {
  const customer = await createCustomer(world, 1);
  const consented = await consent(world, customer);
  await pasteKeyOf(customer);
  await releaseGrant(world.context, consented);
  const { id, keySource } = await activatePasted(customer);
  expect(keySource).toBe("issued");
  expect(await end(customer, id)).toMatchObject({ keyFate: "removed", outcome: "proven_dead" });
  expect(listActiveOf(world, customer)).toEqual([]);
});

test("the same for a connection that began with a key made by hand and got another one by a consent", async () => {
  const customer = await createCustomer(world, 1);
  await pasteKeyOf(customer);
  const { id, keySource } = await activatePasted(customer);
  expect(keySource).toBe("pasted");
  await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
  expect(await verifyConnection(world.context, id)).toBe("attention");
  await beginDraft(world, customer.viewer);
  await consent(world, customer);
  expect(await verifyConnection(world.context, id)).toBe("good");
  expect(await end(customer, id)).toMatchObject({ keyFate: "removed", outcome: "proven_dead" });
  expect(listActiveOf(world, customer)).toEqual([]);
});
