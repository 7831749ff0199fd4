import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activationRequests, candidates, dataKeys, grants, sealedSecrets } from "@/db/schema";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { sweep } from "@/lib/operations/sweep/sweep";
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
  depart,
  type GoWorld,
  pickAndSubmit,
  readGrantRow,
  readKeyStates,
  readOpenDraftId,
} from "@/testing/fixtures/go-world";
import { passDeadline, readEvents, readRequest, readStates } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { giveUpGrant } from "./refuse-grant";
import { releaseGrant } from "./release-grant";

const HOUR_MS = 3600 * 1000;

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
});
afterAll(() => world.close());

const countSealed = async (grantId: string): Promise<number> => {
  const isOfGrant = and(eq(sealedSecrets.ownerKind, "grant"), eq(sealedSecrets.ownerId, grantId));
  return (await world.database.admin.orm.select().from(sealedSecrets).where(isOfGrant)).length;
};

test("20 of 25 picked: 20 active, 5 given back and proven removed, no key left with the grant", async () => {
  const customer = await createCustomer(world, 25);
  const picked = customer.clientIds.slice(0, 20);
  const grantId = await consent(world, customer);
  expect(listActiveOf(world, customer)).toHaveLength(25);
  const requestId = await pickAndSubmit(world, customer.viewer, picked);
  await decideInGo(world, requestId);
  await processInGo(world, requestId);
  expect(await readStates(world.database, requestId)).toEqual(
    Object.fromEntries(picked.map((id) => [id, "active"])),
  );
  expect(listActiveOf(world, customer)).toEqual(picked);
  expect(await readKeyStates(world, grantId)).toEqual(
    Object.fromEntries(customer.clientIds.map((id) => [id, picked.includes(id) ? "activated" : "released"])),
  );
  expect(await countSealed(grantId)).toBe(0);
  const dataKey = await world.database.admin.orm.select().from(dataKeys).where(eq(dataKeys.ownerId, grantId));
  expect(dataKey).toEqual([]);
});

test("unpicked clients are given back at once, those that the partner decides about wait for it", async () => {
  const customer = await createCustomer(world, 3);
  const [first = "", second = "", third = ""] = customer.clientIds;
  const grantId = await consent(world, customer);
  const requestId = await pickAndSubmit(world, customer.viewer, [first, second]);
  await releaseGrant(world.context, grantId);
  expect(listActiveOf(world, customer)).toEqual([first, second]);
  await decideInGo(world, requestId, [second]);
  await processInGo(world, requestId);
  expect(listActiveOf(world, customer)).toEqual([first]);
  expect(await readKeyStates(world, grantId)).toEqual({
    [first]: "activated",
    [second]: "released",
    [third]: "released",
  });
});

test("the partner's time is the specification's, not the 24 hours of a consent without a pick", async () => {
  const customer = await createCustomer(world, 1);
  const grantId = await consent(world, customer);
  await world.database.admin.orm
    .update(grants)
    .set({ expiresAt: new Date(Date.now() + 60_000) })
    .where(eq(grants.id, grantId));
  const requestId = await pickAndSubmit(world, customer.viewer, customer.clientIds);
  const { deadlineAt, submittedAt } = await readRequest(world.database, requestId);
  expect(deadlineAt.getTime() - submittedAt.getTime()).toBe(HOUR_MS);
});

describe("everything is given back", () => {
  test("when the request times out", async () => {
    const customer = await createCustomer(world, 2);
    await consent(world, customer);
    const requestId = await pickAndSubmit(world, customer.viewer, customer.clientIds);
    await passDeadline(world.database, requestId);
    await timeOutActivationRequest(world.context, requestId);
    await processInGo(world, requestId);
    expect(listActiveOf(world, customer)).toEqual([]);
  });

  test("when the customer cancels", async () => {
    const customer = await createCustomer(world, 2);
    await consent(world, customer);
    const requestId = await pickAndSubmit(world, customer.viewer, customer.clientIds);
    await asCustomer(world.database, customer.viewer, (tx) =>
      cancelActivationRequest(tx, customer.viewer, requestId),
    );
    await processInGo(world, requestId);
    expect(listActiveOf(world, customer)).toEqual([]);
  });

  test("when the draft is discarded", async () => {
    const customer = await createCustomer(world, 2);
    const grantId = await consent(world, customer);
    const draftId = await readOpenDraftId(world, customer.viewer);
    await asCustomer(world.database, customer.viewer, (tx) => discardDraft(tx, customer.viewer, draftId));
    expect(await readEvents(world.database, grantId)).toContain("grant/release.wanted");
    await releaseGrant(world.context, grantId);
    expect(listActiveOf(world, customer)).toEqual([]);
    expect(await readGrantRow(world, grantId)).toMatchObject({ state: "released" });
  });

  test("when nobody picks for a day: the sweep ends the consent", async () => {
    const customer = await createCustomer(world, 2);
    const grantId = await consent(world, customer);
    const { expiresAt } = await readGrantRow(world, grantId);
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now() + 23 * HOUR_MS);
    await sweep(world.context, new Date(Date.now() + 25 * HOUR_MS));
    expect(await readGrantRow(world, grantId)).toMatchObject({ state: "expired" });
    expect(await readEvents(world.database, grantId)).toContain("grant/release.wanted");
    await releaseGrant(world.context, grantId);
    expect(listActiveOf(world, customer)).toEqual([]);
  });

  test("when reading the clients fails for good", async () => {
    const customer = await createCustomer(world, 2);
    await world.sandbox.setFaults({
      failNext: { path: "/ClientIntegrationInformation", status: 403, times: 2 },
    });
    await expect(consent(world, customer)).rejects.toMatchObject({ kind: "forbidden" });
    const [grant] = await world.database.admin.orm
      .select()
      .from(grants)
      .where(eq(grants.userId, customer.viewer.userId));
    await giveUpGrant(world.context, grant?.id ?? "", "unavailable");
    await releaseGrant(world.context, grant?.id ?? "");
    expect(listActiveOf(world, customer)).toEqual([]);
  });
});

test("a vendor that is away is tried again; nothing is forgotten and nothing removed twice", async () => {
  const customer = await createCustomer(world, 3);
  const grantId = await consent(world, customer);
  const draftId = await readOpenDraftId(world, customer.viewer);
  await asCustomer(world.database, customer.viewer, (tx) => discardDraft(tx, customer.viewer, draftId));
  await world.sandbox.setFaults({
    failNext: { method: "DELETE", status: 503 },
    loseAnswerNext: { method: "DELETE", path: "/Offboarding/*" },
  });
  await expect(releaseGrant(world.context, grantId)).rejects.toMatchObject({ kind: "unavailable" });
  await releaseGrant(world.context, grantId);
  expect(listActiveOf(world, customer)).toEqual([]);
  expect(Object.values(await readKeyStates(world, grantId))).toEqual(["released", "released", "released"]);
});

test("a refused release is noted with the vendor's words, and tried again a day later", async () => {
  const customer = await createCustomer(world, 1);
  const grantId = await consent(world, customer);
  const draftId = await readOpenDraftId(world, customer.viewer);
  await asCustomer(world.database, customer.viewer, (tx) => discardDraft(tx, customer.viewer, draftId));
  const body = { title: "Offboarding conflict", detail: "Factoring is in use." };
  await world.sandbox.setFaults({ failNext: { method: "DELETE", status: 409, body } });
  await releaseGrant(world.context, grantId);
  const [key] = await world.database.admin.orm
    .select()
    .from(candidates)
    .where(eq(candidates.grantId, grantId));
  expect(key).toMatchObject({
    keyState: "held",
    releaseAnswer: { messages: ["Offboarding conflict: Factoring is in use."] },
  });
  const wanted = async () =>
    (await readEvents(world.database, grantId)).filter((name) => name === "grant/release.wanted").length;
  const before = await wanted();
  await sweep(world.context, new Date(Date.now() + HOUR_MS));
  expect(await wanted()).toBe(before);
  await sweep(world.context, new Date(Date.now() + 25 * HOUR_MS));
  expect(await wanted()).toBeGreaterThan(before);
  await releaseGrant(world.context, grantId);
  expect(listActiveOf(world, customer)).toEqual([]);
});

test("keys that a lost job left behind are found by the sweep", async () => {
  const customer = await createCustomer(world, 2);
  const grantId = await consent(world, customer);
  const requestId = await pickAndSubmit(world, customer.viewer, customer.clientIds.slice(0, 1));
  await world.database.admin.orm
    .update(activationRequests)
    .set({ state: "settled", settledAt: new Date(Date.now() - HOUR_MS) })
    .where(eq(activationRequests.id, requestId));
  await sweep(world.context);
  expect(await readEvents(world.database, grantId)).toContain("grant/release.wanted");
});

test("a consent that nobody comes back from lapses", async () => {
  const customer = await createCustomer(world, 1);
  const { grantId } = await depart(world, customer.viewer);
  await sweep(world.context, new Date(Date.now() + 30 * 60_000));
  expect(await readGrantRow(world, grantId)).toMatchObject({ state: "consenting" });
  await sweep(world.context, new Date(Date.now() + 2 * HOUR_MS));
  expect(await readGrantRow(world, grantId)).toMatchObject({ state: "refused", refusedBecause: "expired" });
});

test("a token that the cache holds serves until shortly before its end, then a new one is asked for", async () => {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [connectionId = ""] = await listConnectionIds(world, requestId);
  const { vendor } = await createConnectorContext(world.context, world.integration.vendorApplicationId);
  const subject = { kind: "connection", connectionId } as const;
  let asked = 0;
  const get = (expiresInSeconds: number) =>
    vendor.tokens.get(subject, async () => {
      asked += 1;
      return { token: `token-${asked}`, expiresInSeconds };
    });
  await vendor.tokens.drop(subject);
  expect(await get(1200)).toBe("token-1");
  expect(await get(1200)).toBe("token-1");
  await vendor.tokens.drop(subject);
  expect(await get(30)).toBe("token-2");
  expect(await get(1200)).toBe("token-3");
});
