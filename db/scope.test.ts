import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { accounts, memberships, users } from "./schema";
import { assertSafeLogin, withScope } from "./scope";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("the web login cannot enter the system scope, nor the worker a customer's", async () => {
  await expect(
    withScope(database.web, { kind: "system", reason: "test" }, async () => 1),
  ).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/permission denied to set role/) },
  });
  const customer = { kind: "customer", accountId: crypto.randomUUID(), userId: crypto.randomUUID() } as const;
  await expect(withScope(database.worker, customer, async () => 1)).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/permission denied/) },
  });
});

test("outside a scope a login reads nothing", async () => {
  await expect(database.web.sql`select * from public.users`).rejects.toThrow(
    /permission denied for schema public/,
  );
  await expect(database.worker.sql`select * from public.sealed_secrets`).rejects.toThrow(
    /permission denied for schema public/,
  );
});

test("a scope ends with its transaction", async () => {
  await withScope(database.web, { kind: "auth" }, (tx) => tx.select().from(users));
  const [row] = await database.web.orm.execute(
    sql`select current_user as name, current_setting('kytkin.account_id', true) as account`,
  );
  expect(row).toMatchObject({ name: "kytkin_web" });
  expect(row?.account || null).toBeNull();
});

test("a customer sees its own account only", async () => {
  const [own, other] = await withScope(database.web, { kind: "auth" }, (tx) =>
    tx
      .insert(accounts)
      .values([{ name: "Own" }, { name: "Other" }])
      .returning(),
  );
  const accountId = String(own?.id);
  const [user] = await withScope(database.web, { kind: "auth" }, async (tx) => {
    const made = await tx.insert(users).values({ email: "own@example.com" }).returning();
    await tx.insert(memberships).values(made.map(({ id: userId }) => ({ accountId, userId })));
    return made;
  });
  const scope = { kind: "customer", accountId, userId: String(user?.id) } as const;
  const seen = await withScope(database.web, scope, (tx) => tx.select().from(accounts));
  expect(seen.map((account) => account.name)).toEqual(["Own"]);
  const foreign = { ...scope, accountId: String(other?.id) };
  expect(
    await withScope(database.web, foreign, (tx) => tx.select().from(accounts)),
    "the account of a person who is no member is empty",
  ).toEqual([]);
});

test("start-up refuses logins that row-level security does not bind", async () => {
  await expect(assertSafeLogin(database.admin)).rejects.toThrow(/not bound by row-level security/);
  await assertSafeLogin(database.web);
  await assertSafeLogin(database.worker);
});
