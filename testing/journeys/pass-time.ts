import type { TestDatabase } from "../database";

/** Tables by whose times something becomes due, runs out or is taken for forgotten. */
const TIMED = [
  "activation_requests",
  "candidates",
  "connections",
  "drafts",
  "grants",
  "handoff_codes",
  "offboardings",
  "outbox_mails",
  "pasted_keys",
  "rate_limits",
  "sealed_secrets",
  "token_leases",
  "vendor_calls",
];

/** Time passes without anybody waiting for it: everything that is noted has been so for longer. */
export async function passTimeInDatabase({ admin }: TestDatabase, ms: number): Promise<void> {
  const columns = await admin.sql<{ table: string; columns: string[] }[]>`
    select table_name as table, array_agg(column_name::text) as columns from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp with time zone' and table_name in ${admin.sql(TIMED)}
    group by 1`;
  const statements = columns.map(({ table, columns: names }) => {
    const changes = names.map((name) => `${name} = ${name} - interval '${ms} ms'`);
    return `update ${table} set ${changes.join(", ")}`;
  });
  await admin.sql.unsafe(statements.join(";"));
}
