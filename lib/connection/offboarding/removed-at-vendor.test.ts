import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { releaseGrant } from "@/lib/activation/grant/release-grant";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { storeSecret } from "@/lib/platform/seal/secrets";
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
  consent,
  createCustomer,
  createGoWorld,
  type GoWorld,
  pickAndSubmit,
  readKeyStates,
  readOpenDraftId,
} from "@/testing/fixtures/go-world";
import { deactivate, readEnd } from "@/testing/fixtures/offboarding";
import { readStates } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { POWEROFFICE_SECRETS } from "@/testing/poweroffice-sandbox";
import { workOnOffboarding } from "./work-on-offboarding";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
});
afterAll(() => world.close());

const work = (id: string) => workOnOffboarding(world.context, id);
const REMOVAL = { method: "DELETE", path: "/Offboarding/RemoveIntegration" };
const countRemovals = async () =>
  (await world.sandbox.readStats()).calls.filter(
    ({ method, status }) => method === "DELETE" && status === 200,
  ).length;

async function endOne() {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [id = ""] = await listConnectionIds(world, requestId);
  await deactivate(world, customer.viewer, [id]);
  return { customer, id };
}

async function endConsentedAgain() {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [id = ""] = await listConnectionIds(world, requestId);
  const grantId = await consent(world, customer);
  await deactivate(world, customer.viewer, [id]);
  return { customer, id, grantId };
}

test("the integration is removed there once, the key proven dead and everything closed in one round", async () => {
  const { customer, id } = await endOne();
  const before = await countRemovals();
  expect(await work(id)).toBe("closed");
  expect(await work(id)).toBe("closed");
  expect(await countRemovals()).toBe(before + 1);
  expect(listActiveOf(world, customer)).toEqual([]);
  expect(await readEnd(world, id)).toMatchObject({
    state: "removed",
    isOccupying: false,
    keyFate: "removed",
    outcome: "proven_dead",
    hasSecrets: false,
    steps: ["asked", "calls_stopped", "key_removed", "key_proven_dead", "data_key_destroyed", "closed"],
  });
});

test("the client is held until then, and can be activated anew afterwards", async () => {
  const { customer, id } = await endOne();
  expect(await readEnd(world, id)).toMatchObject({ isOccupying: true });
  await work(id);
  const again = await activateInGo(world, customer, customer.clientIds);
  expect(Object.values(await readStates(world.database, again))).toEqual(["active"]);
  expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
});

test("what the customer had removed before is as good as removed by us", async () => {
  const { customer, id } = await endOne();
  await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
  expect(await work(id)).toBe("closed");
  expect(await readEnd(world, id)).toMatchObject({ keyFate: "removed", outcome: "proven_dead" });
});

describe("a consent that holds the same key while the connection is ended", () => {
  test("keeps it: what the customer consented to again can be activated, and works", async () => {
    const { customer, id, grantId } = await endConsentedAgain();
    expect(await work(id)).toBe("closed");
    expect(await readEnd(world, id)).toMatchObject({
      state: "removed",
      isOccupying: false,
      keyFate: "shared",
      outcome: "shared",
      hasSecrets: false,
    });
    expect(Object.values(await readKeyStates(world, grantId))).toEqual(["held"]);
    const again = await pickAndSubmit(world, customer.viewer, customer.clientIds);
    await decideInGo(world, again);
    await processInGo(world, again);
    const [newId = ""] = await listConnectionIds(world, again);
    expect(await verifyConnection(world.context, newId)).toBe("good");
    await deactivate(world, customer.viewer, [newId]);
    await work(newId);
    expect(await readEnd(world, newId)).toMatchObject({ outcome: "proven_dead" });
    expect(listActiveOf(world, customer)).toEqual([]);
  });

  test("gives it back when it is not used", async () => {
    const { customer, id, grantId } = await endConsentedAgain();
    expect(await work(id)).toBe("closed");
    const draftId = await readOpenDraftId(world, customer.viewer);
    await asCustomer(world.database, customer.viewer, (tx) => discardDraft(tx, customer.viewer, draftId));
    expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
    await releaseGrant(world.context, grantId);
    expect(listActiveOf(world, customer)).toEqual([]);
  });
});

test("a refusal is kept with the vendor's words, left to the customer and tried again", async () => {
  const { id } = await endOne();
  await world.sandbox.setFaults({ failNext: [{ ...REMOVAL, status: 403 }] });
  expect(await work(id)).toBe("waiting");
  expect(await readEnd(world, id)).toMatchObject({
    state: "offboarding",
    isOccupying: true,
    keyFate: "left_to_customer",
    removalAnswer: { status: 403 },
    lastProbe: "alive",
  });
  expect(await work(id)).toBe("closed");
  expect(await readEnd(world, id)).toMatchObject({
    keyFate: "removed",
    removalAnswer: null,
    outcome: "proven_dead",
  });
});

test("an answer that is lost after the removal does no harm: the next round finds it done", async () => {
  const { customer, id } = await endOne();
  await world.sandbox.setFaults({ loseAnswerNext: [REMOVAL] });
  await expect(work(id)).rejects.toMatchObject({ kind: "unavailable" });
  expect(listActiveOf(world, customer)).toEqual([]);
  expect(await work(id)).toBe("closed");
});

test("a wrong application key is no proof that the client's key is dead", async () => {
  const { customer, id } = await endOne();
  const owner = { kind: "vendor_application", id: world.integration.vendorApplicationId } as const;
  const setKey = (value: string) =>
    asSystem(world.context, "test", (tx) =>
      storeSecret(tx, world.context.keys, owner, { name: "applicationKey", value }),
    );
  await setKey("00000000-0000-4000-8000-000000000000");
  await expect(work(id)).rejects.toMatchObject({ kind: "application_refused" });
  expect(await readEnd(world, id)).toMatchObject({ outcome: null, hasSecrets: true });
  await setKey(POWEROFFICE_SECRETS.applicationKey);
  expect(await work(id)).toBe("closed");
  expect(listActiveOf(world, customer)).toEqual([]);
});
