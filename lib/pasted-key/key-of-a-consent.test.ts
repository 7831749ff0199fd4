import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections } from "@/db/schema";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/settle-activation-request";
import { verifyConnection } from "@/lib/connection/verify-connection";
import { releaseGrant } from "@/lib/grant/release-grant";
import { workOnOffboarding } from "@/lib/offboarding/work-on-offboarding";
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

/** Submits what was pasted and has it activated; gives the connection. */
async function activatePasted({ viewer }: Customer) {
  const requestId = await confirmAndSubmit(world, viewer);
  await activate(world, requestId, () => listUnverifiedConnections(world.context, requestId));
  await settleActivationRequest(world.context, requestId);
  const { orm } = world.database.admin;
  return only(await orm.select().from(connections).where(eq(connections.accountId, viewer.accountId)));
}

async function end({ viewer }: Customer, connectionId: string) {
  await deactivate(world, viewer, [connectionId]);
  await workOnOffboarding(world.context, connectionId);
  return readEnd(world, connectionId);
}

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
