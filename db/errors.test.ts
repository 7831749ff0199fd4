import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { isUniqueViolation } from "./errors";
import { users } from "./schema";
import { withScope } from "./scope";

const ADDRESS = "somebody$&@example.com";
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const addUser = () =>
  withScope(database.web, { kind: "auth" }, (tx) => tx.insert(users).values({ email: ADDRESS }));

test("the error of a failed statement names the constraint and no value", async () => {
  await addUser();
  const error = await addUser().catch((caught: unknown) => caught);
  expect(isUniqueViolation(error, "users_email_key")).toBe(true);
  const logged = inspect(error, { depth: null });
  expect(logged).toContain('insert into "users"');
  expect(logged).toContain("errors.test.ts");
  expect(logged).not.toContain(ADDRESS);
});
