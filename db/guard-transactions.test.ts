import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { waitFor } from "@/testing/wait-for";
import { connect, type Database } from "./client";
import { isDatabaseAway } from "./errors";

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  database = connect(own.urls.admin, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await own.close();
});

test("a statement after the connection was lost is refused, and the process lives", async () => {
  let isLost = false;
  let late: unknown;
  const transaction = database.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await own.admin.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
    // Nothing is under way: what is asked for next finds no connection.
    await waitFor(() => expect(isLost).toBe(true));
    late = await tx.execute(sql`select 1`).catch((error: unknown) => error);
  });
  await expect(transaction).rejects.toSatisfy(isDatabaseAway);
  isLost = true;
  await waitFor(() => expect(late).toSatisfy(isDatabaseAway));
  expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
});

test("a transaction that was kept after its end takes nothing more", async () => {
  let kept: Pick<Database["orm"], "execute"> = database.orm;
  await database.orm.transaction(async (tx) => {
    kept = tx;
  });
  await expect(kept.execute(sql`select 1`)).rejects.toSatisfy(isDatabaseAway);
});

test("all else goes through: values, errors, options, and savepoints", async () => {
  const { orm } = database;
  expect(await orm.transaction((tx) => tx.execute(sql`select 2 as two`))).toEqual([{ two: 2 }]);
  await expect(orm.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toMatchObject({
    cause: expect.any(postgres.PostgresError),
  });
  const inner = orm.transaction((tx) => tx.transaction((nested) => nested.execute(sql`select 3 as three`)));
  expect(await inner).toEqual([{ three: 3 }]);
  const readOnly = database.sql.begin("read only", (tx) => tx`show transaction_read_only`);
  expect(await readOnly).toEqual([{ transaction_read_only: "on" }]);
});
