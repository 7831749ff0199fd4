import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { drafts, grants } from "@/db/schema";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import { sweep } from "@/lib/operations/sweep/sweep";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { prepareDraft, readDraft } from "@/testing/fixtures/draft";
import { only } from "@/testing/fixtures/only";
import { readEvents, readStates, submit } from "@/testing/fixtures/request";
import { countPuts, createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { releaseGrant } from "./release-grant";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

let viewer: Viewer;
let prepared: Awaited<ReturnType<typeof prepareDraft>>;
let nextCompany = 15501;
beforeEach(async () => {
  await world.sandbox.reset();
  viewer = await createViewer(world.database);
  const companyIds = [nextCompany++, nextCompany++];
  const { requestId } = await world.sandbox.addRequest({ initiatorEmail: viewer.email, companyIds });
  prepared = await prepareDraft(world.database, viewer, world.integration, {
    offered: companyIds.map(String),
    vendorRequest: String(requestId),
  });
});

const release = () => releaseGrant(world.context, prepared.grantId);
const stateOf = async (grantId = prepared.grantId) =>
  only(await world.database.admin.orm.select().from(grants).where(eq(grants.id, grantId))).state;
const atVendor = () =>
  world.sandbox.getState().requests.find((one) => String(one.id) === prepared.vendorRequest)?.decision;
const isReleaseWanted = async () =>
  (await readEvents(world.database, prepared.grantId)).includes("grant/release.wanted");

describe("giving a grant back", () => {
  test("declines all of it at the vendor with a standard reason", async () => {
    await release();
    expect(await stateOf()).toBe("released");
    expect(atVendor()?.approved).toEqual([]);
    expect(atVendor()?.rejected.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/was not completed/),
      expect.stringMatching(/was not completed/),
    ]);
  });

  test("twice, and at once, is one PUT", async () => {
    await Promise.all([release(), release(), release()]);
    await release();
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("leaves a grant alone that was submitted meanwhile", async () => {
    const requestId = await submit(world.database, viewer, world.integration, prepared);
    await release();
    expect(await stateOf()).toBe("used");
    expect(await countPuts(world.sandbox)).toBe(0);
    await sendDecisionToVendor(world.context, requestId);
    expect(new Set(Object.values(await readStates(world.database, requestId)))).toEqual(
      new Set(["activating"]),
    );
  });

  test("races a submission: either it is given back or submitted, never both", async () => {
    const [released, submitted] = await Promise.allSettled([
      release(),
      submit(world.database, viewer, world.integration, prepared),
    ]);
    expect(released.status).toBe("fulfilled");
    const state = await stateOf();
    expect(state).toBe(submitted.status === "fulfilled" ? "used" : "released");
    expect(await countPuts(world.sandbox)).toBe(submitted.status === "fulfilled" ? 0 : 1);
  });

  test("that the vendor did not hear of may be repeated; one that it refused is over", async () => {
    await world.sandbox.setFaults({ failNext: [{ method: "GET", status: 503 }] });
    await expect(release()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
    expect(await countPuts(world.sandbox)).toBe(0);
    await release();
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("that has expired there is given up without a word", async () => {
    await world.sandbox.setFaults({ expireRequest: { requestId: Number(prepared.vendorRequest) } });
    await release();
    expect(await stateOf()).toBe("released");
    await release();
    expect(await countPuts(world.sandbox)).toBe(0);
  });
});

describe("what leads to it", () => {
  const discard = () =>
    asCustomer(world.database, viewer, (tx) => discardDraft(tx, viewer, prepared.draft.id));

  test("discarding the draft, once", async () => {
    await discard();
    expect((await readDraft(world.database, prepared.draft.id)).state).toBe("discarded");
    expect(await isReleaseWanted()).toBe(true);
    await expect(discard()).rejects.toMatchObject({ code: "conflict" });
  });

  test("a draft that was submitted cannot be discarded", async () => {
    await submit(world.database, viewer, world.integration, prepared);
    await expect(discard()).rejects.toMatchObject({ code: "conflict" });
    expect(await isReleaseWanted()).toBe(false);
  });

  test("thirty days without a change: the sweep ends the draft and then its grant", async () => {
    const old = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    await world.database.admin.orm
      .update(drafts)
      .set({ updatedAt: old })
      .where(eq(drafts.id, prepared.draft.id));
    await sweep(world.context);
    expect((await readDraft(world.database, prepared.draft.id)).state).toBe("expired");
    expect(await isReleaseWanted()).toBe(true);
  });

  test("a grant about to expire whose draft nobody touched for a while; not one in use", async () => {
    const soon = new Date(Date.now() + 5 * 60_000);
    await world.database.admin.orm
      .update(grants)
      .set({ expiresAt: soon })
      .where(eq(grants.id, prepared.grantId));
    await sweep(world.context);
    expect(await isReleaseWanted()).toBe(false);
    await world.database.admin.orm
      .update(drafts)
      .set({ updatedAt: new Date(Date.now() - 20 * 60_000) })
      .where(eq(drafts.id, prepared.draft.id));
    await sweep(world.context);
    expect(await isReleaseWanted()).toBe(true);
  });

  test("a grant past its expiry is expired, and nothing is sent", async () => {
    await world.database.admin.orm
      .update(grants)
      .set({ expiresAt: new Date(Date.now() - 1000), initiatorEmail: "kept@example.com" })
      .where(eq(grants.id, prepared.grantId));
    await sweep(world.context);
    const [row] = await world.database.admin.orm.select().from(grants).where(eq(grants.id, prepared.grantId));
    expect(row).toMatchObject({ state: "expired", initiatorEmail: null });
    expect(await isReleaseWanted()).toBe(false);
  });
});
