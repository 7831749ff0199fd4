import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tasks } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { withScope } from "@/db/scope";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { closeTask, openTask } from "./open-task";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const asSystem = <T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T> =>
  withScope(database.worker, { kind: "system", reason: "test" }, work);
const listAbout = (subjectId: string) =>
  asSystem((tx) => tx.select().from(tasks).where(eq(tasks.subjectId, subjectId)).orderBy(tasks.createdAt));

test("what is found again stays one task, with the vendor's latest words", async () => {
  const found = { kind: "release_refused", subjectId: uuidv7() } as const;
  const answer = { status: 403, messages: ["no"], operation: "POST /x", at: "2026-01-01T00:00:00Z" };
  await asSystem((tx) => openTask(tx, found));
  await asSystem((tx) => openTask(tx, { ...found, vendorAnswer: answer }));
  expect(await listAbout(found.subjectId)).toMatchObject([{ resolvedAt: null, vendorAnswer: answer }]);
});

test("trouble that comes back after it was over is a new task", async () => {
  const found = { kind: "key_still_works", subjectId: uuidv7() } as const;
  await asSystem((tx) => openTask(tx, found));
  await asSystem((tx) => closeTask(tx, found.kind, found.subjectId));
  await asSystem((tx) => openTask(tx, found));
  const rows = await listAbout(found.subjectId);
  expect(rows.map(({ resolvedAt }) => resolvedAt === null)).toEqual([false, true]);
});
