import postgres, { type Sql } from "postgres";
import { readAdminUrl } from "./installation";

export type { Sql };

/** Looks behind the row-level security, to see what an attack has changed. */
export async function connectAsAdmin(): Promise<Sql> {
  return postgres(await readAdminUrl(), { max: 2, onnotice: () => {} });
}

/** Tables with rows of an account, by the column that says whose they are. */
const OF_ACCOUNT = [
  "drafts",
  "grants",
  "candidates",
  "activation_requests",
  "activations",
  "connections",
  "consents",
  "handoff_codes",
  "outbox_mails",
] as const;

/** Every row of an account, as text that is equal when nothing has changed. */
export async function snapshotAccount(sql: Sql, accountId: string): Promise<Record<string, string[]>> {
  const tables = OF_ACCOUNT.map(async (table) => {
    const rows = await sql<{ row: string }[]>`
      select t::text as row from ${sql(table)} t where account_id = ${accountId} order by 1`;
    return [table, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** The personal account of a person who has signed in. */
export async function getAccountId(sql: Sql, email: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select active_account_id as id from users where email = ${email.toLowerCase()}`;
  return row?.id ?? Promise.reject(new Error(`${email} has no account`));
}

/** What the audit log says was refused to an account, oldest first. */
export async function listRefusals(sql: Sql, accountId: string): Promise<string[]> {
  const rows = await sql<{ action: string }[]>`
    select action from audit_log where account_id = ${accountId} and outcome = 'refused' order by at, id`;
  return rows.map(({ action }) => action);
}
