import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest } from "@/testing/fixtures/request";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { runOnDraft } from "./on-draft";

// Next gives a request's cookies and headers within a request alone; this browser sends none of either.
vi.mock("next/headers", () => ({ cookies: async () => new Map(), headers: async () => new Headers() }));

let database: TestDatabase;
let integration: TestIntegration;
let stopWeb: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  stopWeb = startWebProcess(database);
  integration = await createIntegration(database);
});
afterAll(async () => {
  await stopWeb();
  await database.close();
});

let viewer: Viewer;
beforeEach(async () => {
  viewer = await createViewer(database);
});

/** What a page that still stands open sends, whatever became of its draft. */
const goOn = () => runOnDraft("draft.select", viewer, integration.linkToken, async (_, draft) => draft.id);
const leadingTo = (path: string) => ({ digest: expect.stringContaining(`;${path};`) });

async function discardOne(): Promise<void> {
  const { draft } = await prepareDraft(database, viewer, integration);
  await asCustomer(database, viewer, (tx) => discardDraft(tx, viewer, draft.id));
}

test("an open draft is worked on", async () => {
  const { draft } = await prepareDraft(database, viewer, integration);
  expect(await goOn()).toEqual({ ok: true, value: draft.id });
});

test("a page whose draft was submitted leads to the request", async () => {
  await discardOne();
  const { requestId } = await createRequest(database, viewer, integration);
  await expect(goOn()).rejects.toMatchObject(leadingTo(`/requests/${requestId}`));
});

test("a page whose draft was discarded leads to the review, where another begins", async () => {
  await createRequest(database, viewer, integration);
  await discardOne();
  await expect(goOn()).rejects.toMatchObject(leadingTo(`/a/${integration.linkToken}`));
});

test("an account that never had a draft finds nothing, whatever others have", async () => {
  await prepareDraft(database, await createViewer(database), integration);
  expect(await goOn()).toEqual({ ok: false, state: { status: "error", code: "not_found" } });
});
