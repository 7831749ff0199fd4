import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { activationRequests, activations, environments, grants, requestConsents } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { createViewer } from "@/testing/fixtures/account";
import { grantTo, type PreparedDraft } from "@/testing/fixtures/draft";
import { only } from "@/testing/fixtures/only";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { countPuts, createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { failUnreachable } from "./fail-activations";
import { sendDecisionToVendor } from "./send-decision-to-vendor";
import { reviveRequests } from "./sweep-requests";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

let nextCompany = 15_501;
/** A request with two consents, each of a request of its own at a vendor that waits for our decision. */
async function submitTwo() {
  const viewer = await createViewer(world.database);
  const [one, two] = [String(nextCompany++), String(nextCompany++)];
  const first = await offer(viewer, one);
  const prepared = await createRequest(world.database, viewer, world.integration, {
    offered: [one],
    vendorRequest: first,
  });
  const second = await offer(viewer, two);
  await addConsent(viewer, prepared, { externalId: two, vendorRequest: second });
  return { requestId: prepared.requestId, one, two, first, second };
}

async function offer(viewer: Viewer, companyId: string): Promise<string> {
  const wish = { initiatorEmail: viewer.email, companyIds: [Number(companyId)] };
  return String((await world.sandbox.addRequest(wish)).requestId);
}

async function addConsent(
  viewer: Viewer,
  { draft, requestId }: PreparedDraft & { requestId: string },
  { externalId, vendorRequest }: { externalId: string; vendorRequest: string },
): Promise<void> {
  const { orm } = world.database.admin;
  const { grantId } = await grantTo(world.database, viewer, world.integration, draft.id, {
    offered: [externalId],
    vendorRequest,
  });
  await orm.update(grants).set({ state: "used" }).where(eq(grants.id, grantId));
  const { partnerId, accountId, integrationId } = draft;
  await orm.insert(requestConsents).values({ grantId, requestId, partnerId, accountId });
  const environment = only(
    await orm
      .insert(environments)
      .values({ connector: "procountor", stage: world.integration.stage, externalId })
      .returning(),
  );
  await orm.insert(activations).values({
    requestId,
    grantId,
    partnerId,
    accountId,
    integrationId,
    environmentId: environment.id,
    externalId,
    environmentName: `Company ${externalId}`,
    state: "approved",
    isOccupying: true,
  });
}

const inAWhile = () => new Date(Date.now() + 40 * 60_000);

/** Its mail was queued, and all that is left to do is to tell the vendor. */
async function settle(requestId: string): Promise<void> {
  const { orm } = world.database.admin;
  const settled = { state: "settled", settledAt: new Date(), notifiedEmail: "x@erased.invalid" } as const;
  await orm.update(activationRequests).set(settled).where(eq(activationRequests.id, requestId));
}

async function read(requestId: string) {
  const { activations: rows } = await readRequest(world.database, requestId);
  return Object.fromEntries(rows.map((row) => [row.externalId, row.failureReason ?? row.state]));
}

test("the vendor is told of each consent in a call of its own", async () => {
  const { requestId, one, two } = await submitTwo();
  await sendDecisionToVendor(world.context, requestId);
  await sendDecisionToVendor(world.context, requestId);
  expect(await countPuts(world.sandbox)).toBe(2);
  expect(await read(requestId)).toEqual({ [one]: "activating", [two]: "activating" });
  await settle(requestId);
  expect(await asSystem(world.context, "test", (tx) => reviveRequests(tx, inAWhile()))).toBe(0);
});

test("a request is worked on again while one of its consents is not told of", async () => {
  const { requestId } = await submitTwo();
  await settle(requestId);
  expect(await asSystem(world.context, "test", (tx) => reviveRequests(tx, inAWhile()))).toBe(1);
});

test("one that has expired at the vendor fails alone", async () => {
  const { requestId, one, two, first } = await submitTwo();
  await world.sandbox.setFaults({ expireRequest: { requestId: Number(first) } });
  await sendDecisionToVendor(world.context, requestId);
  expect(await read(requestId)).toEqual({ [one]: "vendor_expired", [two]: "activating" });
});

test("one that cannot be told of for now holds no other up, and giving it up leaves the other its key", async () => {
  const { requestId, one, two } = await submitTwo();
  await world.sandbox.setFaults({ failNext: [{ method: "GET", status: 503 }] });
  await expect(sendDecisionToVendor(world.context, requestId)).rejects.toMatchObject({
    kind: "unavailable",
  });
  expect(Object.values(await read(requestId)).toSorted()).toEqual(["activating", "activating"]);
  await failUnreachable(world.context, requestId, "no answer");
  expect(Object.values(await read(requestId)).toSorted()).toEqual(["activating", "vendor_unavailable"]);
  expect(Object.keys(await read(requestId))).toEqual([one, two]);
});
