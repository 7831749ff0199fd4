import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  activationRequests,
  connections,
  grants,
  handoffCodes,
  outboxEvents,
  outboxMails,
  rateLimits,
  signInTokens,
} from "@/db/schema";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { randomToken } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readEvents, readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { sweep } from "./sweep";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  viewer = await createViewer(database);
});

const inFuture = (ms: number): Date => new Date(Date.now() + ms);
const orm = () => database.admin.orm;
/** How often an event about this id was written since the last time. */
async function takeEvents(id: string): Promise<string[]> {
  const events = await readEvents(database, id);
  await orm().delete(outboxEvents);
  return events;
}

describe("requests", () => {
  test("that are being worked on are left alone for five minutes, then taken up each time", async () => {
    const { requestId } = await createRequest(database, viewer, integration);
    await takeEvents(requestId);
    await sweep(context, inFuture(4 * MINUTE_MS));
    expect(await takeEvents(requestId)).toEqual([]);
    await sweep(context, inFuture(6 * MINUTE_MS));
    await sweep(context, inFuture(11 * MINUTE_MS));
    expect(await takeEvents(requestId)).toEqual(Array(2).fill("activation/request.submitted"));
  });

  test("that wait for the partner are taken up a minute after their deadline", async () => {
    const waiting = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
    const { requestId } = await createRequest(database, viewer, waiting);
    await takeEvents(requestId);
    const { deadlineAt } = await readRequest(database, requestId);
    await sweep(context, new Date(deadlineAt.getTime() + MINUTE_MS / 2));
    expect(await takeEvents(requestId)).toEqual([]);
    await sweep(context, new Date(deadlineAt.getTime() + 2 * MINUTE_MS));
    expect(await takeEvents(requestId)).toEqual(["activation/request.submitted"]);
  });

  test("that have ended are over, once their mail is queued and the vendor waits for nothing", async () => {
    const { requestId, grantId } = await createRequest(database, viewer, integration);
    await orm()
      .update(activationRequests)
      .set({ state: "settled", settledAt: new Date() })
      .where(eq(activationRequests.id, requestId));
    await orm().update(grants).set({ expiresAt: new Date() }).where(eq(grants.id, grantId));
    await takeEvents(requestId);
    await sweep(context, inFuture(DAY_MS));
    expect(await takeEvents(requestId)).toEqual(["activation/request.submitted"]);
    const mail = { kind: "request_settled", subjectId: requestId, recipient: "a@example.com" };
    await orm()
      .insert(outboxMails)
      .values({ ...mail, locale: "en", messageId: requestId });
    await takeEvents(requestId);
    await sweep(context, inFuture(DAY_MS));
    expect(await takeEvents(requestId)).toEqual([]);
  });
});

describe("connections", () => {
  async function connect(values: Partial<typeof connections.$inferInsert>): Promise<string> {
    const { requestId } = await createRequest(database, viewer, integration);
    const activation = only((await readRequest(database, requestId)).activations);
    await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
    const isIt = eq(connections.activationId, activation.id);
    const { id } = only(await orm().select().from(connections).where(isIt));
    await orm()
      .update(connections)
      .set({ verifiedAt: new Date(), ...values })
      .where(isIt);
    await takeEvents(id);
    return id;
  }

  test("are checked once a day", async () => {
    const id = await connect({ state: "active", attention: null });
    await sweep(context, inFuture(23 * HOUR_MS));
    expect(await takeEvents(id)).toEqual([]);
    await sweep(context, inFuture(25 * HOUR_MS));
    expect(await takeEvents(id)).toEqual(["connection/check.wanted"]);
  });

  test("whose first check was put off are checked again soon", async () => {
    const id = await connect({ state: "needs_attention", attention: "verification_pending" });
    await sweep(context, inFuture(4 * MINUTE_MS));
    expect(await takeEvents(id)).toEqual([]);
    await sweep(context, inFuture(6 * MINUTE_MS));
    expect(await takeEvents(id)).toEqual(["connection/check.wanted"]);
  });

  test("that were removed are not checked any more", async () => {
    const id = await connect({ state: "removed", attention: null });
    await sweep(context, inFuture(25 * HOUR_MS));
    expect(await takeEvents(id)).toEqual([]);
  });
});

describe("mails", () => {
  async function queue(values: Partial<typeof outboxMails.$inferInsert>): Promise<string> {
    const [mail] = await orm()
      .insert(outboxMails)
      .values({
        kind: "request_settled",
        subjectId: uuidv7(),
        recipient: viewer.email,
        locale: "en",
        messageId: `<${uuidv7()}@test>`,
        ...values,
      })
      .returning();
    return String(mail?.id);
  }

  test("that nobody has tried are taken up after a quarter of an hour", async () => {
    const id = await queue({});
    await sweep(context, inFuture(14 * MINUTE_MS));
    expect(await takeEvents(id)).toEqual([]);
    await sweep(context, inFuture(16 * MINUTE_MS));
    expect(await takeEvents(id)).toEqual(["mail/queued"]);
  });

  test("that were tried are left to their job, until it must have been lost", async () => {
    const id = await queue({ tries: 3, lastTriedAt: new Date() });
    await sweep(context, inFuture(5 * HOUR_MS));
    expect(await takeEvents(id)).toEqual([]);
    await sweep(context, inFuture(7 * HOUR_MS));
    expect(await takeEvents(id)).toEqual(["mail/queued"]);
  });

  test.each(["sent", "failed", "dropped"] as const)("that are %s are over", async (state) => {
    const id = await queue({ state });
    await sweep(context, inFuture(DAY_MS));
    expect(await takeEvents(id)).toEqual([]);
  });
});

test("what is of no use any more is deleted, and nothing else", async () => {
  const { requestId } = await createRequest(database, viewer, integration);
  const now = new Date();
  const old = new Date(now.getTime() - 8 * DAY_MS);
  const recent = new Date(now.getTime() - DAY_MS);
  await orm().delete(outboxEvents);
  await orm()
    .insert(outboxEvents)
    .values([
      { name: "old", data: {}, sentAt: old },
      { name: "recent", data: {}, sentAt: recent },
      { name: "unsent", data: {}, createdAt: old },
    ]);
  await orm()
    .insert(rateLimits)
    .values([
      { key: "over", windowEndsAt: recent, count: 1 },
      { key: "running", windowEndsAt: inFuture(HOUR_MS), count: 1 },
    ]);
  const code = (codeHash: string, expiresAt: Date) => ({
    codeHash,
    expiresAt,
    requestId,
    accountId: viewer.accountId,
    partnerId: integration.partner.id,
  });
  await orm()
    .insert(handoffCodes)
    .values([code("old", old), code("recent", now)]);
  const token = (name: string, expiresAt: Date) => ({
    email: viewer.email,
    tokenHash: `${name}${randomToken()}`,
    codeHash: `${name}${randomToken()}`,
    browserHash: name,
    userAgent: name,
    callbackPath: "/home",
    expiresAt,
    codeExpiresAt: expiresAt,
  });
  await orm()
    .insert(signInTokens)
    .values([token("old", old), token("recent", now)]);

  await sweep(context, now);
  const names = async () => ({
    events: (await orm().select().from(outboxEvents)).map(({ name }) => name).toSorted(),
    limits: (await orm().select().from(rateLimits)).map(({ key }) => key),
    codes: (await orm().select().from(handoffCodes)).map(({ codeHash }) => codeHash),
    tokens: (await orm().select().from(signInTokens)).map(({ browserHash }) => browserHash),
  });
  expect(await names()).toMatchObject({
    limits: ["running"],
    codes: ["recent"],
    tokens: ["recent"],
  });
  expect((await names()).events).toEqual(expect.arrayContaining(["recent", "unsent"]));
  expect((await names()).events).not.toContain("old");
});
