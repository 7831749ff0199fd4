import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { NOT_PERSONAL, RETENTION } from "./retention";
import * as schema from "./schema";

const ROOT = join(import.meta.dirname, "..");
const tables = Object.entries(schema).flatMap(([identifier, one]) =>
  is(one, PgTable)
    ? [{ identifier, name: getTableName(one), columns: Object.values(getTableColumns(one)) }]
    : [],
);

/** `table.column` of each column of the schema, by the names in the database. */
const columns = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`));
const personal = RETENTION.flatMap((rule) => rule.columns);
const other = Object.entries(NOT_PERSONAL).flatMap(([table, names]) =>
  names.map((name) => `${table}.${name}`),
);

test("each column is either personal, with a rule, or said not to be", () => {
  expect(columns.length).toBeGreaterThan(200);
  expect([...personal, ...other].toSorted()).toEqual(columns.toSorted());
});

test("what ends a datum is there and works on its table, or on the user that it names", async () => {
  for (const { what, columns: ofRule, endedBy } of RETENTION)
    for (const file of endedBy) {
      const code = await readFile(join(ROOT, file), "utf8");
      const named = tables
        .filter(({ name }) => ofRule.some((column) => column.startsWith(`${name}.`)))
        // In a query of Drizzle, or in SQL.
        .flatMap(({ identifier, name }) => [identifier, name]);
      expect(
        [...named, "users", "deleteInvitations", "email_changes"].some((name) => code.includes(name)),
        `${what}: ${file}`,
      ).toBe(true);
    }
});

test("the page for operators is made from the table", async () => {
  const rows = RETENTION.map(({ what, whose, columns: ofRule, lasts, endedBy }) =>
    [
      what,
      whose,
      ofRule.map((one) => `\`${one}\``).join(" "),
      lasts,
      endedBy.map((one) => `\`${one}\``).join(" ") || "–",
    ].join(" | "),
  );
  const page = `# What is kept of persons, and for how long

Made from \`db/retention.ts\`, which \`db/retention.test.ts\` compares with the schema: a new column without a rule fails the
tests. After a change, \`npx vitest run db/retention.test.ts -u\` writes this page. The sweep runs every five minutes. What
[erasing](../decisions/024-what-erasing-leaves.md) leaves, and backups, logs and the other side's systems, are not in it.

| what | whose | where | how long | ended by |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
  await expect(page).toMatchFileSnapshot("../docs/operations/retention.md");
});
