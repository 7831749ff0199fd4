import { afterAll, beforeAll, expect, test } from "vitest";
import { rateLimits } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { takeRateLimit } from "./rate-limit";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const take = (subject: string, max = 3) =>
  withScope(database.web, { kind: "auth" }, (tx) =>
    takeRateLimit(tx, { name: "test", subject, max, windowSeconds: 60 }),
  );
const tooMany = { code: "too_many_requests" };

test("lets as many through as it says, each subject for itself", async () => {
  for (let count = 0; count < 3; count++) await take("one");
  await expect(take("one")).rejects.toMatchObject(tooMany);
  await take("two");
});

test("counts those who come at once", async () => {
  const tries = await Promise.allSettled(Array.from({ length: 30 }, () => take("rush", 10)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

test("opens again when its window has passed", async () => {
  for (let count = 0; count < 3; count++) await take("later");
  await expect(take("later")).rejects.toMatchObject(tooMany);
  await database.admin.orm.update(rateLimits).set({ windowEndsAt: new Date(Date.now() - 1000) });
  await take("later");
});

test("does not keep whom it counts", async () => {
  await take("aino@example.com");
  const rows = await database.admin.orm.select().from(rateLimits);
  expect(JSON.stringify(rows)).not.toContain("aino");
});
