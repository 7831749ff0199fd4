import postgres, { type TransactionSql } from "postgres";
import { roleOf, type ScopeName } from "@/db/scopes";
import { insertRow, type Row } from "./rows";
import { enterScope, type Tenant } from "./tenant";

type Target = { table: string; scope: ScopeName };
type Sides = { actor: Tenant; victim: Tenant };
export type Leak = "read" | "changed" | "deleted" | "inserted" | "given away";

/** Columns that say whose a row is. */
export const OWNER_COLUMNS: readonly string[] = ["account_id", "partner_id", "user_id"];

const INSUFFICIENT_PRIVILEGE = "42501";

class RollBack extends Error {}

/** The answer of `work`, which is undone. */
export async function undone<T>(tx: TransactionSql, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  let answer: { value: T } | undefined;
  try {
    await tx.savepoint(async (inner) => {
      answer = { value: await work(inner) };
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  if (!answer) throw new Error("nothing was rolled back");
  return answer.value;
}

/**
 * Everything that a scope in the actor's name can do to the victim's rows of one table, tried for real. Statements are
 * blind (no WHERE, no RETURNING), so that each meets the policy of its own command alone.
 */
export async function findLeaks(tx: TransactionSql, target: Target, sides: Sides): Promise<Leak[]> {
  const tries: Record<Leak, () => Promise<boolean>> = {
    read: () => canReach(tx, target, sides, "SELECT"),
    changed: () => canReach(tx, target, sides, "UPDATE"),
    deleted: () => canReach(tx, target, sides, "DELETE"),
    inserted: () => canInsert(tx, target, sides),
    "given away": () => canGiveAway(tx, target, sides),
  };
  const leaks: Leak[] = [];
  for (const leak of Object.keys(tries) as Leak[]) if (await tries[leak]()) leaks.push(leak);
  return leaks;
}

/** Only the victim's rows are left in the table: whatever a blind statement meets is a leak. */
async function canReach(
  tx: TransactionSql,
  { table, scope }: Target,
  { actor, victim }: Sides,
  command: "SELECT" | "UPDATE" | "DELETE",
): Promise<boolean> {
  const [row] = victim.rows.get(table) ?? [];
  const [column] = command === "DELETE" ? ["*"] : await listColumns(tx, table, scope, command);
  if (!row || !column) return false;
  return undone(tx, async (inner) => {
    await removeRows(inner, table, actor);
    await enterScope(inner, scope, actor);
    const outcome = await attempt(inner, async (last) => {
      if (command === "SELECT") return last`select ${last(column)} from public.${last(table)}`;
      if (command === "DELETE") return last`delete from public.${last(table)}`;
      // Their own value: no other constraint has a say.
      const value = last`(jsonb_populate_record(null::public.${last(table)}, ${JSON.stringify(row)}::text::jsonb)).${last(column)}`;
      return last`update public.${last(table)} set ${last(column)} = ${value}`;
    });
    return outcome.startsWith("met");
  });
}

/** A row that is the victim's in full, or the actor's own but for one column that says whose it is. */
async function canInsert(tx: TransactionSql, { table, scope }: Target, sides: Sides): Promise<boolean> {
  const allowed = await listColumns(tx, table, scope, "INSERT");
  if (allowed.length === 0) return false;
  for (const row of listForgedRows(table, sides)) {
    const isIn = await undone(tx, async (inner) => {
      await removeRows(inner, table, sides.victim);
      await removeRows(inner, table, sides.actor);
      await enterScope(inner, scope, sides.actor);
      const given = Object.fromEntries(Object.entries(row).filter(([column]) => allowed.includes(column)));
      return attempt(inner, (last) => insertRow(last, table, given));
    });
    if (isIn === "met") return true;
  }
  return false;
}

function listForgedRows(table: string, { actor, victim }: Sides): Row[] {
  const [own] = actor.rows.get(table) ?? [];
  const [theirs] = victim.rows.get(table) ?? [];
  if (!own || !theirs) return [];
  const { account_id: account } = own;
  return account === undefined ? [theirs] : [theirs, { ...own, account_id: theirs.account_id }];
}

/** The actor's own row, made over to the victim. */
async function canGiveAway(
  tx: TransactionSql,
  { table, scope }: Target,
  { actor, victim }: Sides,
): Promise<boolean> {
  const [theirs] = victim.rows.get(table) ?? [];
  const updatable = await listColumns(tx, table, scope, "UPDATE");
  for (const column of OWNER_COLUMNS.filter((name) => updatable.includes(name))) {
    const value = String(theirs?.[column]);
    const isGone = await undone(tx, async (inner) => {
      await removeRows(inner, table, victim);
      await enterScope(inner, scope, actor);
      return attempt(inner, (last) => last`update public.${last(table)} set ${last(column)} = ${value}`);
    });
    if (isGone === "met") return true;
  }
  return false;
}

type Attempt = "refused" | "nothing" | "met" | "met but kept";

/** What a statement came to; `met but kept`: it reached a row, whose new version the policy's check refused. */
async function attempt(
  tx: TransactionSql,
  run: (tx: TransactionSql) => Promise<{ count: number }>,
): Promise<Attempt> {
  try {
    return (await tx.savepoint(run)).count > 0 ? "met" : "nothing";
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    return error.message.startsWith("new row violates row-level security") ? "met but kept" : "refused";
  }
}

async function listColumns(
  tx: TransactionSql,
  table: string,
  scope: ScopeName,
  privilege: "SELECT" | "UPDATE" | "INSERT",
): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped
      -- What Postgres computes itself nobody writes.
      and (${privilege} = 'SELECT' or attgenerated = '')
      and has_column_privilege(${roleOf(scope)}, attrelid, attnum, ${privilege})`;
  // What names no owner comes first: its change meets no other rule.
  return rows.map(({ name }) => name).sort((a, b) => rank(a) - rank(b));
}
const rank = (column: string): number => (OWNER_COLUMNS.includes(column) || column === "id" ? 1 : 0);

/** Without foreign keys and triggers: the policies alone are on trial. */
async function removeRows(tx: TransactionSql, table: string, tenant: Tenant): Promise<void> {
  const rows = JSON.stringify(tenant.rows.get(table) ?? []);
  await tx`set local session_replication_role = 'replica'`;
  await tx`delete from public.${tx(table)} t
    where to_jsonb(t) in (select jsonb_array_elements(${rows}::text::jsonb))`;
}
