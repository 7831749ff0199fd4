import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { isUniqueViolation, withoutValues } from "./errors";
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

/** As another bundle's copy of drizzle makes it. */
class OtherFailedQuery extends Error {
  constructor(
    readonly query: string,
    readonly params: unknown[],
    cause: Error,
  ) {
    super(`Failed query: ${query}\nparams: ${params}`, { cause });
  }
}

test("values go from the error of whatever copy of the driver's classes", () => {
  const refusal = Object.assign(new Error(`invalid input syntax for type uuid: "${ADDRESS}"`), {
    severity: "ERROR",
    code: "22P02",
    detail: `Failing row contains (${ADDRESS})`,
    where: `unnamed portal parameter $1 = '${ADDRESS}'`,
  });
  Object.defineProperty(refusal, "stack", { value: refusal.stack, writable: false, configurable: false });
  const value = `${ADDRESS}\n    at somebody (${ADDRESS}:1:1)`;
  const told = withoutValues(new OtherFailedQuery("insert into users values ($1)", [value], refusal));
  const logged = inspect(told, { depth: null, showHidden: true });
  expect(logged).toContain("insert into users");
  expect(logged).toContain("22P02");
  expect(logged).toContain("errors.test.ts");
  expect(logged).not.toContain("somebody");
});

test("a refusal at the commit, which no query wraps, is told without values too", async () => {
  const error = await withScope(database.web, { kind: "auth" }, async () => {
    throw Object.assign(new Error("refused"), { severity: "ERROR", code: "23503", detail: `(${ADDRESS})` });
  }).catch((caught: unknown) => caught);
  expect(inspect(error, { depth: null })).toContain("23503");
  expect(inspect(error, { depth: null })).not.toContain(ADDRESS);
});

test("the error of a failed statement names the constraint and no value", async () => {
  await addUser();
  const error = await addUser().catch((caught: unknown) => caught);
  expect(isUniqueViolation(error, "users_email_key")).toBe(true);
  const logged = inspect(error, { depth: null });
  expect(logged).toContain('insert into "users"');
  expect(logged).toContain("errors.test.ts");
  expect(logged).not.toContain(ADDRESS);
});
