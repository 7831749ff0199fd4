import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { connections } from "@/db/schema";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { findOpenDraft, getPick } from "@/lib/activation/draft/queries";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import {
  activateInGo,
  decideInGo,
  listActiveOf,
  listConnectionIds,
  processInGo,
} from "@/testing/fixtures/go-process";
import {
  type Customer,
  comeBack,
  consent,
  createCustomer,
  createGoWorld,
  depart,
  type GoWorld,
  pickAndSubmit,
  readGrantRow,
  readKeyStates,
  readOpenDraftId,
} from "@/testing/fixtures/go-world";
import { holdAnswer } from "@/testing/fixtures/hold-answer";
import { deactivate, readEnd } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { readEvents } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { listHeldKeys, openGrantedKey } from "./granted-keys";
import { releaseGrant } from "./release-grant";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
});
afterEach(() => {
  vi.unstubAllGlobals();
  return world.sandbox.setFaults({ reissueKeys: false });
});
afterAll(() => world.close());

async function discard({ viewer }: Customer): Promise<void> {
  const draftId = await readOpenDraftId(world, viewer);
  await asCustomer(world.database, viewer, (tx) => discardDraft(tx, viewer, draftId));
}

/** A live connection whose key the vendor replaced by the one of a consent that was begun and dropped. */
async function replaceKey(customer: Customer) {
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [connectionId = ""] = await listConnectionIds(world, requestId);
  await world.sandbox.setFaults({ reissueKeys: true });
  const grantId = await consent(world, customer);
  const readKey = () =>
    asSystem(world.context, "test", (tx) =>
      findSecret(tx, world.context.keys, { kind: "connection", id: connectionId }, "api_key"),
    );
  return { connectionId, grantId, readKey };
}

describe("a client that is active already stays active", () => {
  test("when it is consented to again and left unticked", async () => {
    const customer = await createCustomer(world, 2);
    const [active = "", other = ""] = customer.clientIds;
    const first = await activateInGo(world, customer, [active]);
    const grantId = await consent(world, customer);
    const again = await pickAndSubmit(world, customer.viewer, [other]);
    await decideInGo(world, again, [other]);
    await processInGo(world, again);
    expect(listActiveOf(world, customer)).toEqual([active]);
    expect(await readKeyStates(world, grantId)).toEqual({ [active]: "kept", [other]: "released" });
    const [connectionId = ""] = await listConnectionIds(world, first);
    expect(await verifyConnection(world.context, connectionId)).toBe("good");
  });

  test("when another account consents to it too", async () => {
    const owner = await createCustomer(world, 1);
    await activateInGo(world, owner, owner.clientIds);
    const accountant = await createCustomer(world, 0);
    const { consentUrl } = await depart(world, accountant.viewer);
    const callback = await world.sandbox.consent(consentUrl, owner.viewer.email);
    const grantId = await comeBack(world, accountant.viewer, callback);
    const draftId = await readOpenDraftId(world, accountant.viewer);
    await asCustomer(world.database, accountant.viewer, (tx) => discardDraft(tx, accountant.viewer, draftId));
    await releaseGrant(world.context, grantId);
    expect(listActiveOf(world, owner)).toEqual(owner.clientIds);
  });

  test("also when the vendor replaced its key: the connection takes the new one", async () => {
    const customer = await createCustomer(world, 1);
    const { connectionId, grantId, readKey } = await replaceKey(customer);
    const before = await readKey();
    await discard(customer);
    await releaseGrant(world.context, grantId);
    expect((await readKey())?.value).not.toBe(before?.value);
    expect(await readEvents(world.database, connectionId)).toEqual(["connection/check.wanted"]);
    expect(await verifyConnection(world.context, connectionId)).toBe("good");
    expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
  });
});

describe("while the key of a connection is tried, which the vendor has replaced", () => {
  test("the customer ends the connection: the new key is given back, and no copy of it stays", async () => {
    const customer = await createCustomer(world, 1);
    const { connectionId, grantId, readKey } = await replaceKey(customer);
    const before = await readKey();
    await discard(customer);
    const trial = holdAnswer("/OAuth/Token");
    const releasing = releaseGrant(world.context, grantId);
    await trial.isAnswered;
    await deactivate(world, customer.viewer, [connectionId]);
    trial.letGo();
    await releasing;
    expect((await readKey())?.value).toBe(before?.value);
    expect(Object.values(await readKeyStates(world, grantId))).toEqual(["released"]);
    expect(listActiveOf(world, customer)).toEqual([]);
    expect(await workOnOffboarding(world.context, connectionId)).toBe("closed");
    expect(await readEnd(world, connectionId)).toMatchObject({ outcome: "proven_dead", hasSecrets: false });
  });

  test("the customer ends the connection: a consent that is being read keeps the new key", async () => {
    const customer = await createCustomer(world, 1);
    const requestId = await activateInGo(world, customer, customer.clientIds);
    const [connectionId = ""] = await listConnectionIds(world, requestId);
    await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
    await verifyConnection(world.context, connectionId);
    // The first token is for the new key, which is described before.
    const trial = holdAnswer("/OAuth/Token", 1);
    const { consentUrl } = await depart(world, customer.viewer);
    const callback = await world.sandbox.consent(consentUrl, customer.viewer.email);
    const reading = comeBack(world, customer.viewer, callback);
    await trial.isAnswered;
    await deactivate(world, customer.viewer, [connectionId]);
    trial.letGo();
    expect(Object.values(await readKeyStates(world, await reading))).toEqual(["held"]);
  });

  test("the key of a newer consent comes first: it stays", async () => {
    const customer = await createCustomer(world, 1);
    const { connectionId, grantId: older, readKey } = await replaceKey(customer);
    const newer = await consent(world, customer);
    const trial = holdAnswer("/OAuth/Token");
    const releasing = releaseGrant(world.context, older);
    await trial.isAnswered;
    const newest = await asSystem(world.context, "test", async (tx) => {
      const held = only(await listHeldKeys(tx, newer));
      const { secret: value } = await openGrantedKey(tx, world.context, held);
      const owner = { kind: "connection", id: connectionId } as const;
      await storeSecret(tx, world.context.keys, owner, { name: "api_key", value });
      return value;
    });
    trial.letGo();
    await releasing;
    expect((await readKey())?.value).toBe(newest);
    expect(Object.values(await readKeyStates(world, older))).toEqual(["kept"]);
    expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
  });
});

test("a newer consent of the same draft takes the older one's keys over", async () => {
  const customer = await createCustomer(world, 2);
  const older = await consent(world, customer);
  const newer = await consent(world, customer);
  expect(await readEvents(world.database, older)).toContain("grant/release.wanted");
  await releaseGrant(world.context, older);
  expect(Object.values(await readKeyStates(world, older))).toEqual(["kept", "kept"]);
  expect(Object.values(await readKeyStates(world, newer))).toEqual(["held", "held"]);
  expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
});

test("removed in Go while active: the next check says disconnected, and a new consent brings it back", async () => {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [connectionId = ""] = await listConnectionIds(world, requestId);
  await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
  expect(await verifyConnection(world.context, connectionId)).toBe("attention");
  const [connection] = await world.database.admin.orm
    .select()
    .from(connections)
    .where(eq(connections.id, connectionId));
  expect(connection).toMatchObject({ state: "needs_attention", attention: "disconnected" });

  const grantId = await consent(world, customer);
  expect(await readKeyStates(world, grantId)).toEqual({ [customer.clientIds[0] ?? ""]: "kept" });
  expect(await readEvents(world.database, connectionId)).toEqual(["connection/check.wanted"]);
  expect(await verifyConnection(world.context, connectionId)).toBe("good");
});

test("a consent whose key brought a connection back has none left to pick when that connection is ended", async () => {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [connectionId = ""] = await listConnectionIds(world, requestId);
  await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
  await verifyConnection(world.context, connectionId);
  const grantId = await consent(world, customer);
  const readOption = () =>
    asCustomer(world.database, customer.viewer, async (tx) => {
      const draft = await findOpenDraft(tx, world.integration.integrationId);
      if (!draft) throw new Error("no draft");
      return only((await getPick(tx, draft, { grantIds: [grantId], isOneOfSeveral: false }, 20)).options);
    });
  expect(await readOption()).toMatchObject({ isPicked: false, blocked: "active_here" });
  await deactivate(world, customer.viewer, [connectionId]);
  expect(await workOnOffboarding(world.context, connectionId)).toBe("closed");
  expect(await readOption()).toMatchObject({ isPicked: false, blocked: "key_gone" });
  await expect(pickAndSubmit(world, customer.viewer, customer.clientIds)).rejects.toMatchObject({
    code: "environment_taken",
  });
  const newer = await consent(world, customer);
  await releaseGrant(world.context, grantId);
  await pickAndSubmit(world, customer.viewer, customer.clientIds);
  expect(await readGrantRow(world, newer)).toMatchObject({ state: "used" });
});
