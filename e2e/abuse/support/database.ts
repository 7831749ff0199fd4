import { expect } from "@playwright/test";
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
  "offboardings",
  "offboarding_steps",
  "terms_acceptances",
  "handoff_codes",
  "outbox_mails",
] as const;

type Table = (typeof OF_ACCOUNT)[number];
type Row = Record<string, unknown>;

/** Every row of an account, but for what the portal's own housekeeping forgets in time. */
export async function snapshotAccount(sql: Sql, accountId: string): Promise<Record<Table, Row[]>> {
  const readRows = async (table: Table) => {
    const rows = await sql<{ row: Row }[]>`
      select to_jsonb(t) - 'initiator_email' as row from ${sql(table)} t
      where account_id = ${accountId} order by t::text`;
    return [table, rows.map(({ row }) => row)] as const;
  };
  return Object.fromEntries(await Promise.all(OF_ACCOUNT.map(readRows))) as Record<Table, Row[]>;
}

/**
 * Waits until the worker has nothing left to do for an account's requests, mails included. A page may say "active" a
 * moment before; whoever compares rows before and after has to begin here.
 */
export async function waitUntilAtRest(sql: Sql, accountId: string): Promise<void> {
  const listWork = () => sql`
    select 'request' as kind, id from activation_requests r
    where account_id = ${accountId} and (state = 'processing' or (state = 'settled' and not exists (
      select from outbox_mails m where m.subject_id = r.id and m.state = 'sent')))
    union all
    select 'mail', id from outbox_mails where account_id = ${accountId} and state = 'queued'`;
  await expect.poll(async () => [...(await listWork())]).toEqual([]);
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
