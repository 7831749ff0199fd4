import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { activations, drafts } from "@/db/schema";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, passDeadline, readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { retryActivationRequest } from "./retry-activation-request";
import { timeOutActivationRequest } from "./time-out-activation-request";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
});
afterAll(() => database.close());

let viewer: Viewer;
let requestId: string;
let companies: string[];
beforeEach(async () => {
  viewer = await createViewer(database);
  companies = freshCompanies(3);
  ({ requestId } = await createRequest(database, viewer, integration, { offered: companies }));
});

async function timeOut(): Promise<void> {
  await passDeadline(database, requestId);
  await timeOutActivationRequest(makeWorkerContext(database), requestId);
}
const retry = (by = viewer) => asCustomer(database, by, (tx) => retryActivationRequest(tx, by, requestId));
const openDraft = () => asCustomer(database, viewer, (tx) => findOpenDraft(tx, integration.integrationId));

test("a retry keeps the consent and what it is about, and leads to the same link", async () => {
  await timeOut();
  expect(await retry()).toBe(integration.linkToken);
  const request = await readRequest(database, requestId);
  const draft = await openDraft();
  expect(draft).toMatchObject({
    retryOf: requestId,
    specificationId: request.specificationId,
    contentHash: integration.specification.contentHash,
    acceptedBy: viewer.userId,
    selectedAt: null,
  });
  expect(draft?.wantedExternalIds.toSorted()).toEqual(companies);
});

test("it is about what did not become active and can be tried again", async () => {
  await timeOut();
  const [active, lost] = companies;
  const isOf = (externalId: string | undefined) => eq(activations.externalId, String(externalId));
  const { orm } = database.admin;
  await orm.update(activations).set({ state: "active", isOccupying: true }).where(isOf(active));
  await orm.update(activations).set({ state: "failed", failureReason: "needs_recovery" }).where(isOf(lost));
  await retry();
  expect((await openDraft())?.wantedExternalIds).toEqual(companies.slice(2));
});

test("a request that is still under way, or another account's, is not retried", async () => {
  await expect(retry()).rejects.toMatchObject({ code: "conflict" });
  await timeOut();
  await expect(retry(await createViewer(database))).rejects.toMatchObject({ code: "not_found" });
  expect(await openDraft()).toBeNull();
});

test("two who retry at once go on with one draft", async () => {
  await timeOut();
  expect(new Set(await Promise.all([retry(), retry(), retry()]))).toEqual(new Set([integration.linkToken]));
  const rows = await database.admin.orm.select().from(drafts).where(eq(drafts.retryOf, requestId));
  expect(rows).toHaveLength(1);
});
