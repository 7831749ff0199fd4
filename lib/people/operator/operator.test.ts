import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { withScope } from "@/db/scope";
import { randomToken } from "@/lib/core/hash";
import { createSession } from "@/lib/people/auth/create-session";
import { readSession } from "@/lib/people/auth/read-session";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { addOperator } from "./add-operator";
import { listOperators } from "./queries";
import { removeOperator } from "./remove-operator";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const asSystem = <T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T> =>
  withScope(database.worker, { kind: "system", reason: "test" }, work);
const listEmails = async () => (await asSystem(listOperators)).map(({ email }) => email);

test("somebody who never signed in becomes an operator once, whatever the letters' case", async () => {
  expect(await asSystem((tx) => addOperator(tx, "New.Person@example.com"))).toBe(true);
  expect(await asSystem((tx) => addOperator(tx, "new.person@example.com"))).toBe(false);
  expect(await listEmails()).toEqual(["new.person@example.com"]);
  expect(await asSystem((tx) => removeOperator(tx, "new.person@example.com"))).toBe(true);
  expect(await asSystem((tx) => removeOperator(tx, "new.person@example.com"))).toBe(false);
  expect(await listEmails()).toEqual([]);
});

test("a session that is open already gains and loses the right at once, and the audit log says so", async () => {
  const viewer = await createViewer(database);
  const token = randomToken();
  await createSession(database.web, { token, userId: viewer.userId, expiresAt: new Date(Date.now() + 1e6) });
  const isOperator = async () => (await readSession(database.web, token))?.isOperator;
  expect(await isOperator()).toBe(false);
  await asSystem((tx) => addOperator(tx, viewer.email));
  expect(await isOperator()).toBe(true);
  await asSystem((tx) => removeOperator(tx, viewer.email));
  expect(await isOperator()).toBe(false);
  const audited = await database.admin.orm
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.subjectId, viewer.userId))
    .orderBy(auditLog.id);
  expect(audited).toEqual([{ action: "operator.create" }, { action: "operator.remove" }]);
});
