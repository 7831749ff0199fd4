import { count, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { candidates, grants, outboxEvents, tasks } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { dropSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { beginDraft, pasteAndCheck } from "@/testing/fixtures/pasted-key";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { PROCOUNTOR_SECRETS } from "@/testing/procountor-sandbox";
import { readGrant } from "./read-grant";
import { returnFromVendor } from "./return-from-vendor";
import { sweepConsents } from "./sweep-consents";

/** Consents that the vendor answers for in a way that nobody expects. */

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

let viewer: Viewer;
beforeEach(async () => {
  await world.sandbox.reset();
  viewer = await createViewer(world.database);
});

async function comeBack(): Promise<string> {
  const { requestId } = await world.sandbox.addRequest({
    vendorIntegrationId: world.integration.slug,
    initiatorEmail: viewer.email,
    companyIds: [15501],
  });
  const vendorReturn = {
    kind: "request",
    slug: world.integration.slug,
    vendorRequest: String(requestId),
  } as const;
  return asCustomer(world.database, viewer, (tx) => returnFromVendor(tx, viewer, vendorReturn));
}
/** The vendor says this of the request, once. */
const answer = (body: object) =>
  world.sandbox.setFaults({
    failNext: {
      method: "GET",
      path: "/integrations/*",
      status: 200,
      body: { integrationId: world.integration.slug, initiator: { email: viewer.email }, ...body },
    },
  });
const stored = async (grantId: string) =>
  only(await world.database.admin.orm.select().from(grants).where(eq(grants.id, grantId)));
const offered = (grantId: string) =>
  world.database.admin.orm.select().from(candidates).where(eq(candidates.grantId, grantId));

describe("a consent for no company", () => {
  test.each([[], null, undefined, [null, "x"]])("%j says so at once", async (companiesToIntegrate) => {
    const grantId = await comeBack();
    await answer({ companiesToIntegrate });
    expect(await readGrant(world.context, grantId)).toEqual({ state: "refused" });
    expect(await stored(grantId)).toMatchObject({ refusedBecause: "no_companies" });
  });
});

test("one company that cannot be read is named, and the others can be picked", async () => {
  const grantId = await comeBack();
  const named = (companyName: string) => ({ extraInfo: { companyName } });
  await answer({
    companiesToIntegrate: [
      { companyId: 15501, ...named("Yksi Oy") },
      { companyId: "15502", extraInfo: { companyName: 7, country: {}, businessIdentifier: "x" } },
      { companyId: null, ...named("Kolme Oy") },
      { companyId: 15501, ...named("Yksi Oy") },
      "what",
    ],
  });
  await readGrant(world.context, grantId);
  expect((await offered(grantId)).map(({ externalId, name }) => [externalId, name]).sort()).toEqual([
    ["15501", "Yksi Oy"],
    ["15502", "7"],
  ]);
  expect((await stored(grantId)).withoutKey).toEqual(["Kolme Oy", "?"]);
});

test("ten thousand companies are stored, whatever the driver takes in one statement", async () => {
  const grantId = await comeBack();
  await answer({
    companiesToIntegrate: Array.from({ length: 10_000 }, (_, index) => ({ companyId: index + 1 })),
  });
  await readGrant(world.context, grantId);
  const [rows] = await world.database.admin.orm
    .select({ count: count() })
    .from(candidates)
    .where(eq(candidates.grantId, grantId));
  expect(rows?.count).toBe(10_000);
});

test("a consent whose job was lost is worked on again within minutes, whatever its kind of vendor", async () => {
  const { orm } = world.database.admin;
  const grantId = await comeBack();
  expect(await stored(grantId)).toMatchObject({ state: "reading", stateHash: null });
  const listAsked = async () =>
    (await orm.select().from(outboxEvents)).filter(({ data }) => data.grantId === grantId);
  const sweepIn = async (minutes: number) => {
    await orm.delete(outboxEvents);
    await asSystem(world.context, "test", (tx) => sweepConsents(tx, new Date(Date.now() + minutes * 60_000)));
    return (await listAsked()).map(({ name }) => name);
  };
  expect(await sweepIn(1)).toEqual([]);
  expect(await sweepIn(4)).toEqual(["grant/returned"]);
  await orm.update(grants).set({ state: "starting" }).where(eq(grants.id, grantId));
  expect(await sweepIn(4)).toEqual(["grant/begun"]);
});

describe("an application that is refused", () => {
  const owner = () => ({ kind: "vendor_application", id: world.integration.vendorApplicationId }) as const;
  const setSecret = (value: string) =>
    asSystem(world.context, "test", async (tx) => {
      await storeSecret(tx, world.context.keys, owner(), { name: "clientSecret", value });
      await dropSecret(tx, owner(), "access_token");
    });
  afterEach(() => setSecret(PROCOUNTOR_SECRETS.clientSecret));

  test("an application that is refused is not the customer's fault, and the operator is told", async () => {
    const grantId = await comeBack();
    await setSecret("rotated");
    await readGrant(world.context, grantId);
    expect(await stored(grantId)).toMatchObject({
      refusedBecause: "application_refused",
      vendorAnswer: { status: 401 },
    });
    const opened = await world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, owner().id));
    expect(opened).toMatchObject([
      { kind: "application_refused", integrationId: world.integration.integrationId },
    ]);
  });

  test("a pasted key is not blamed either: it was not looked at", async () => {
    const draftId = await beginDraft(world, viewer);
    const key = await world.sandbox.addKey({ companyId: 15530 });
    await setSecret("rotated");
    const pasted = await pasteAndCheck(world, viewer, { draftId }, key);
    expect(pasted).toMatchObject({ state: "refused", refusedBecause: "application_refused" });
  });
});
