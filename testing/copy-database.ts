import postgres, { type Sql } from "postgres";

const OURS = ["public", "engine", "graphile_worker"];

/**
 * Copies every row and sequence of one migrated database into another one, as `pg_dump` and `pg_restore` do: from one snapshot,
 * while others go on writing. What is in the target is replaced; its constraints are not asked for the order of tables.
 */
export async function copyDatabase(fromUrl: string, toUrl: string): Promise<void> {
  const [from, to] = [postgres(fromUrl, { max: 1 }), postgres(toUrl, { max: 1 })];
  try {
    await from.begin("isolation level repeatable read read only", (source) =>
      to.begin(async (target) => {
        await target`set local session_replication_role = replica`;
        for (const table of await listTables(source)) await copyRows(source, target, table);
        await copySequences(source, target);
      }),
    );
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

type Runner = Pick<Sql, "unsafe">;
type Table = { name: string; columns: string };

/** With the columns that can be written: generated ones follow from the others. */
async function listTables(source: Runner): Promise<Table[]> {
  return source.unsafe<Table[]>(`
    select format('%I.%I', table_schema, table_name) as name,
      string_agg(format('%I', column_name), ', ' order by ordinal_position) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema in (${OURS.map((schema) => `'${schema}'`).join(", ")})
      and table_type = 'BASE TABLE' and is_generated = 'NEVER'
    group by 1 order by 1`);
}

async function copyRows(source: Runner, target: Runner, { name, columns }: Table): Promise<void> {
  const [row] = await source.unsafe<{ rows: string | null }[]>(
    `select jsonb_agg(to_jsonb(one))::text as rows from ${name} one`,
  );
  await target.unsafe(`delete from ${name}`);
  await target.unsafe(
    `insert into ${name} (${columns}) overriding system value
     select ${columns} from jsonb_populate_recordset(null::${name}, $1::text::jsonb)`,
    [row?.rows ?? "[]"],
  );
}

async function copySequences(source: Runner, target: Runner): Promise<void> {
  const sequences = await source.unsafe<{ name: string; last: string | null }[]>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as last from pg_sequences
     where schemaname in (${OURS.map((schema) => `'${schema}'`).join(", ")})`,
  );
  for (const { name, last } of sequences)
    if (last !== null) await target.unsafe("select setval($1, $2)", [name, last]);
}
