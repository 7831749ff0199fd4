import postgres from "postgres";
import { expect, test } from "vitest";
import { createEmptyDatabase } from "./postgres";

test("a test database is real, empty and gone after drop", async () => {
  const database = await createEmptyDatabase();
  const sql = postgres(database.url, { max: 1 });
  const [row] = await sql`select current_database() as name, version() as version`;
  expect(row?.name).toBe(database.name);
  expect(row?.version).toMatch(/^PostgreSQL 1[5-9]/);
  await sql.end();
  await database.drop();
  const gone = postgres(database.url, { max: 1 });
  await expect(gone`select 1`).rejects.toThrow(/does not exist/);
  await gone.end();
});
