import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activationPlans, activations, companies, drafts } from "@/db/schema";
import { withScope } from "@/db/scope";
import { acceptTerms } from "@/lib/activation/draft/accept-terms";
import { getEnvironmentsView } from "@/lib/activation/draft/environments-view";
import { findOpenDraft, getPick } from "@/lib/activation/draft/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies, grantTo } from "@/testing/fixtures/draft";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { createRequest, submit } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import { continuePlan } from "./continue-plan";
import { dropPlan, expirePlans } from "./end-plan";
import { findPlan, listPlans } from "./queries";
import { turnsOver } from "./rules";
import { startPlan } from "./start-plan";

const CAP = 2;
let database: TestDatabase;
let known: TestIntegration;
let wanted: TestIntegration;
let viewer: Viewer;
let ids: string[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  known = await createIntegration(database, { content: { cap: 50 } });
  wanted = await createIntegration(database, { content: { cap: CAP } });
  viewer = await createViewer(database);
  ids = freshCompanies(5);
  await createRequest(database, viewer, known, { offered: ids });
  // A listed one is known to every account, and its link is public.
  await database.admin.sql`update integrations set is_listed = true where id = ${wanted.integrationId}`;
});

const start = (companyIds: readonly string[] = [], by = viewer) =>
  asCustomer(database, by, (tx) => startPlan(tx, by, { integrationId: wanted.integrationId, companyIds }));
const goOn = () => asCustomer(database, viewer, (tx) => continuePlan(tx, viewer, wanted.integrationId));
const plan = () => asCustomer(database, viewer, (tx) => findPlan(tx, wanted.integrationId));
const openDraft = () => asCustomer(database, viewer, (tx) => findOpenDraft(tx, wanted.integrationId));

async function accept(): Promise<void> {
  const { id: specificationId, contentHash } = wanted.specification;
  const acceptance = { specificationId, contentHash, acceptedAt: new Date() };
  await asCustomer(database, viewer, (tx) => acceptTerms(tx, viewer, wanted, acceptance), wanted.linkToken);
}

/** A consent for these companies, on the open draft. */
async function consent(offered: readonly string[]): Promise<string> {
  const draft = await openDraft();
  if (!draft) throw new Error("no draft");
  return (await grantTo(database, viewer, wanted, draft.id, { offered: [...offered], picked: [] })).grantId;
}

async function listTicked(grantId: string): Promise<string[]> {
  const draft = await openDraft();
  if (!draft) throw new Error("no draft");
  const { options } = await asCustomer(database, viewer, (tx) =>
    getPick(tx, draft, { grantIds: [grantId], isOneOfSeveral: false }, CAP),
  );
  return options.filter(({ isPicked }) => isPicked).map(({ externalId }) => externalId);
}

/** Submits what is ticked beforehand, and has the worker's part done. */
async function submitBatch(grantId: string): Promise<void> {
  const ticked = await listTicked(grantId);
  for (const externalId of ticked)
    await database.admin
      .sql`update candidates set picked_at = now() where grant_id = ${grantId} and external_id = ${externalId}`;
  const draft = await openDraft();
  if (!draft) throw new Error("no draft");
  await submit(database, viewer, wanted, { draft });
  await database.admin.orm
    .update(activations)
    .set({ state: "active" })
    .where(eq(activations.integrationId, wanted.integrationId));
}

test("all that lack the integration are activated in batches of the cap, after one acceptance", async () => {
  expect(await start()).toBe(`/a/${wanted.linkToken}`);
  await accept();
  const first = await consent(ids);
  expect(await listTicked(first)).toEqual(ids.slice(0, 2));
  await submitBatch(first);
  expect(await plan()).toMatchObject({ wantedExternalIds: ids.slice(2), totalCount: 5 });
  expect(await asCustomer(database, viewer, (tx) => listPlans(tx, "en"))).toMatchObject([
    { nextCount: 2, leftCount: 3, totalCount: 5 },
  ]);

  expect(await goOn()).toBe(`/a/${wanted.linkToken}/environments`);
  const second = await consent(ids);
  expect(await listTicked(second)).toEqual(ids.slice(2, 4));
  await submitBatch(second);

  expect(await goOn()).toBe(`/a/${wanted.linkToken}/environments`);
  const third = await consent(ids.slice(4));
  await submitBatch(third);
  expect(await plan()).toBeNull();
  await expect(goOn()).rejects.toMatchObject({ code: "gone" });
});

test("the step before the vendor names the companies of the batch, and what the consent leaves out keeps its turn", async () => {
  await start();
  await accept();
  const draft = await openDraft();
  if (!draft) throw new Error("no draft");
  const view = () =>
    asCustomer(database, viewer, (tx) => getEnvironmentsView(tx, viewer, draft, wanted), wanted.linkToken);
  expect(await view()).toMatchObject({ batch: { leftCount: 5, totalCount: 5 } });
  expect((await view()).batch?.companies.map(({ externalId }) => externalId)).toEqual(ids.slice(0, 2));
  const grantId = await consent([...ids.slice(1, 3), ...freshCompanies(1)]);
  expect((await view()).isOverCapAtVendor).toBe(false);
  expect(await listTicked(grantId)).toEqual(ids.slice(1, 3));
  await submitBatch(grantId);
  expect((await plan())?.wantedExternalIds).toEqual([ids[0], ids[3], ids[4]]);
});

test("named companies are planned alone, without those that have it", async () => {
  const rows = await database.admin.orm
    .select()
    .from(companies)
    .where(eq(companies.accountId, viewer.accountId));
  const some = rows.filter(({ externalId }) => ids.slice(2).includes(externalId)).map(({ id }) => id);
  await start(some);
  expect((await plan())?.wantedExternalIds).toEqual(ids.slice(2));
  await start();
  expect((await plan())?.totalCount, "a later plan replaces it").toBe(5);
});

test("an open draft goes on with what is wanted now, whatever was ticked before", async () => {
  await accept();
  const grantId = await consent(ids);
  await database.admin
    .sql`update candidates set picked_at = now() where external_id = ${ids[4] ?? ""} and grant_id = ${grantId}`;
  expect(await start()).toBe(`/a/${wanted.linkToken}/environments`);
  expect(await listTicked(grantId)).toEqual(ids.slice(0, 2));
});

test("a new version is accepted anew before the next batch", async () => {
  await start();
  await accept();
  await submitBatch(await consent(ids));
  const { integrationId: id, partner, slug } = wanted;
  await publishSpecification(
    database,
    { id, partnerId: partner.id, slug },
    makeSpecificationContent({ cap: CAP, summary: "New" }),
  );
  expect(await goOn()).toBe(`/a/${wanted.linkToken}`);
  expect(await openDraft()).toBeNull();
});

test("without a link that works, without a company that lacks it, or for a stranger there is no plan", async () => {
  await expect(start([], await createViewer(database))).rejects.toMatchObject({ code: "conflict" });
  await database.admin
    .sql`update activation_links set withdrawn_at = now() where integration_id = ${wanted.integrationId}`;
  await expect(start()).rejects.toMatchObject({ code: "gone" });
  await database.admin.sql`update integrations set is_listed = false where id = ${wanted.integrationId}`;
  await expect(start()).rejects.toMatchObject({ code: "not_found" });
  await expect(goOn()).rejects.toMatchObject({ code: "gone" });
});

test("a plan is dropped by its account alone, and forgotten after 30 days", async () => {
  await start();
  const stranger = await createViewer(database);
  await asCustomer(database, stranger, (tx) => dropPlan(tx, stranger, wanted.integrationId));
  expect(await plan()).not.toBeNull();
  await asCustomer(database, viewer, (tx) => dropPlan(tx, viewer, wanted.integrationId));
  await asCustomer(database, viewer, (tx) => dropPlan(tx, viewer, wanted.integrationId));
  expect(await plan()).toBeNull();

  await start();
  const later = new Date(Date.now() + 31 * 24 * 3_600_000);
  const expire = (now: Date) =>
    withScope(database.worker, { kind: "system", reason: "test" }, (tx) => expirePlans(tx, now));
  expect(await expire(new Date())).toBe(0);
  expect(await expire(later)).toBeGreaterThan(0);
  expect(await database.admin.orm.select().from(activationPlans)).toEqual([]);
});

test("two who go on at once go on with one draft", async () => {
  await start();
  await accept();
  await submitBatch(await consent(ids));
  await Promise.all([goOn(), goOn(), goOn()]);
  const rows = await database.admin.orm.select().from(drafts).where(eq(drafts.accountId, viewer.accountId));
  expect(rows.filter(({ state }) => state === "open")).toHaveLength(1);
});

describe("whose turn is over after a submission", () => {
  const option = (externalId: string, isPicked: boolean, canPick = true) => ({
    externalId,
    isPicked,
    canPick,
  });
  test.each([
    [
      "what was picked",
      ["a", "b", "c"],
      [option("a", true), option("b", true), option("c", false)],
      2,
      ["a", "b"],
    ],
    [
      "what was offered and unticked",
      ["a", "b", "c"],
      [option("a", false), option("b", true), option("c", false)],
      2,
      ["a", "b"],
    ],
    ["what cannot be picked", ["a", "b"], [option("a", false, false), option("b", true)], 2, ["a", "b"]],
    ["not what the consent did not cover", ["a", "b"], [option("b", true)], 2, ["b"]],
    ["what was picked beyond it", ["a"], [option("z", true)], 2, ["z"]],
    ["not what a retry passed by", ["z"], [option("a", false), option("z", true)], 2, ["z"]],
  ])("%s", (_, list, options, room, over) => {
    expect(turnsOver(list, options, room).toSorted()).toEqual(over);
  });
});
