import { isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { outboxEvents } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { waitFor } from "@/testing/wait-for";
import { drainOutbox, type OutgoingEvent } from "./drain-outbox";
import { enqueueEvent, enqueueEvents } from "./enqueue-event";

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.admin.orm.delete(outboxEvents);
});

const enqueue = (mailId: string) =>
  asSystem(context, "test", (tx) => enqueueEvent(tx, "mail/queued", { mailId }));
const unsent = () => database.admin.orm.select().from(outboxEvents).where(isNull(outboxEvents.sentAt));

test("events go out in the order they were written, once", async () => {
  const ids = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  for (const id of ids) await enqueue(id);
  const sent: OutgoingEvent[] = [];
  expect(await drainOutbox(context, async (batch) => sent.push(...batch))).toBe(3);
  expect(sent.map((event) => event.data.mailId)).toEqual(ids);
  expect(await drainOutbox(context, async (batch) => sent.push(...batch))).toBe(0);
  expect(sent).toHaveLength(3);
});

test("any number is written at once, and goes out in its order", async () => {
  const list = Array.from({ length: 2500 }, () => ({ mailId: crypto.randomUUID() }));
  await asSystem(context, "test", (tx) => enqueueEvents(tx, "mail/queued", list));
  const sent: OutgoingEvent[] = [];
  await drainOutbox(context, async (batch) => sent.push(...batch));
  expect(sent.map(({ data }) => data)).toEqual(list);
});

test("more than a batch is sent in several", async () => {
  const data = Array.from({ length: 250 }, () => ({ name: "mail/queued", data: { mailId: "m" } }));
  await database.admin.orm.insert(outboxEvents).values(data);
  const sizes: number[] = [];
  await drainOutbox(context, async (batch) => sizes.push(batch.length));
  expect(sizes).toEqual([100, 100, 50]);
});

test("an event of a transaction that did not commit never was", async () => {
  const viewer = await createViewer(database);
  const failing = asCustomer(database, viewer, async (tx) => {
    await enqueueEvent(tx, "mail/queued", { mailId: crypto.randomUUID() });
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  expect(await unsent()).toEqual([]);
});

test("data of another shape is refused before it is written", async () => {
  const wrong = asSystem(context, "test", (tx) => enqueueEvent(tx, "mail/queued", { mailId: "no uuid" }));
  await expect(wrong).rejects.toThrow();
  expect(await unsent()).toEqual([]);
});

test("every scope that writes events wakes the worker, and can do no more than that", async () => {
  const viewer = await createViewer(database);
  await database.admin.sql`delete from graphile_worker._private_jobs`;
  await asCustomer(database, viewer, (tx) =>
    enqueueEvent(tx, "mail/queued", { mailId: crypto.randomUUID() }),
  );
  const jobs = await database.admin.sql`select task_identifier from graphile_worker.jobs`;
  expect(jobs).toMatchObject([{ task_identifier: "drain-outbox" }]);
  const forging = withScope(database.web, { kind: "public" }, (tx) =>
    tx.execute("select graphile_worker.add_job('anything')"),
  );
  await expect(forging).rejects.toMatchObject({ cause: { code: "42501" } });
});

describe("an event that is lost on its way", () => {
  test("before it was sent goes out with the next round", async () => {
    await enqueue(crypto.randomUUID());
    await expect(drainOutbox(context, () => Promise.reject(new Error("no engine")))).rejects.toThrow(
      "no engine",
    );
    expect(await unsent()).toHaveLength(1);
    expect(await drainOutbox(context, async () => {})).toBe(1);
  });

  test("after it was sent goes out again under the same id, and is taken in once", async () => {
    const seen: string[] = [];
    const { inngest, engine } = createTestEngine(database.urls.worker, (client) => [
      client.createFunction({ id: "listen", triggers: { event: "mail/queued" } }, ({ event }) => {
        seen.push(String(event.data.mailId));
      }),
    ]);
    await engine.start();
    try {
      const [first, last] = [crypto.randomUUID(), crypto.randomUUID()];
      await enqueue(first);
      const losing = drainOutbox(context, async (batch) => {
        await inngest.send(batch);
        throw new Error("died before it was marked");
      });
      await expect(losing).rejects.toThrow("died");
      await enqueue(last);
      await drainOutbox(context, (batch) => inngest.send(batch));
      await waitFor(() => expect(seen).toContain(last), { timeout: 20_000 });
      expect(seen.toSorted()).toEqual([first, last].toSorted());
    } finally {
      await engine.stop();
    }
  });
});
