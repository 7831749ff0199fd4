import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { OWNERSHIP } from "@/db/ownership";
import { roleOf, type ScopeName } from "@/db/scopes";
import { insertRow, makeRows, type Row, type TenantIds } from "./rows";

/** One side of the fence, with the rows that are its own, by table. */
export type Tenant = TenantIds & { linkHash: string; keyHash: string; rows: ReadonlyMap<string, Row[]> };

/** Fills every table with a row of a new account and a new partner. A table without one is a failure. */
export async function createTenant(admin: Sql, name: string): Promise<Tenant> {
  const ids = {
    accountId: randomUUID(),
    userId: randomUUID(),
    partnerId: randomUUID(),
    draftId: randomUUID(),
    connectionId: randomUUID(),
  };
  return admin.begin(async (tx) => {
    const before = await readAll(tx);
    for (const [table, row] of makeRows(name, ids)) await insertRow(tx, table, row);
    const rows = new Map<string, Row[]>();
    for (const [table, all] of await readAll(tx)) {
      const known = new Set(before.get(table)?.map((row) => JSON.stringify(row)));
      const own = all.filter((row) => !known.has(JSON.stringify(row)));
      if (own.length === 0)
        throw new Error(`${table} needs a row of each tenant, in testing/tenancy/rows.ts`);
      rows.set(table, own);
    }
    return { ...ids, linkHash: `link-${name}`, keyHash: `key-${name}`, rows };
  });
}

async function readAll(tx: TransactionSql): Promise<Map<string, Row[]>> {
  const tables = new Map<string, Row[]>();
  for (const table of Object.keys(OWNERSHIP)) {
    const rows = await tx<{ row: Row }[]>`select to_jsonb(t) as row from public.${tx(table)} t`;
    tables.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return tables;
}

/** Enters a scope in this tenant's name, as `withScope` does. Only a superuser's transaction can leave it again. */
export async function enterScope(tx: TransactionSql, scope: ScopeName, tenant: Tenant): Promise<void> {
  await tx`
    select set_config('kytkin.account_id', ${tenant.accountId}, true),
      set_config('kytkin.user_id', ${tenant.userId}, true),
      set_config('kytkin.draft_id', ${scope === "guest" ? tenant.draftId : ""}, true),
      set_config('kytkin.connection_id', ${["intake", "gateway"].includes(scope) ? tenant.connectionId : ""}, true),
      set_config('kytkin.partner_id', ${tenant.partnerId}, true),
      set_config('kytkin.link_hash', ${tenant.linkHash}, true),
      set_config('kytkin.key_hash', ${tenant.keyHash}, true),
      set_config('role', ${roleOf(scope)}, true)`;
}
