import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { TestIntegration } from "./fixtures/integration";
import { makeRows, type Row } from "./tenancy/rows";

/** Grow with every customer. The others grow with partners and integrations, of which an installation has few. */
export const GROWING = [
  "accounts",
  "users",
  "memberships",
  "sessions",
  "drafts",
  "grants",
  "candidates",
  "environments",
  "companies",
  "company_words",
  "activation_requests",
  "activations",
  "connections",
  "terms_acceptances",
  "account_updates",
  "update_acceptances",
  "retirement_notices",
  "connection_updates",
  "data_keys",
  "sealed_secrets",
  "vendor_calls",
  "outbox_events",
  "outbox_mails",
  "audit_log",
  "offboardings",
  "offboarding_steps",
  "intake_accounts",
  "intake_addresses",
  "uploads",
  "upload_open_rows",
  "intake_files",
  "holds",
  "gateway_calls",
  "connection_preparations",
  "preparation_steps",
  "prepared_things",
  "prepared_uses",
  "idempotency_keys",
  "deliveries",
  "delivery_rows",
  "unchanged_sets",
  "outcome_events",
  "outcome_feeds",
  "delivery_queues",
  "written_records",
  "connection_counters",
  "entity_settings",
  "comparisons",
  "imports",
  "row_verdicts",
  "body_views",
  "connection_exports",
  "connection_export_chunks",
  "export_tickets",
  "evidence_documents",
  "evidence_persons",
] as const;

/** As rows are once all is done: most of what an installation holds. */
const AT_REST: Partial<Record<(typeof GROWING)[number], Row>> = {
  drafts: { state: "submitted" },
  grants: { state: "used" },
  activation_requests: { state: "settled", settled_at: "2026-01-02T00:00:00Z" },
  vendor_calls: { state: "answered", answered_at: "2026-01-01T00:01:00Z" },
  outbox_mails: { state: "sent", sent_at: "2026-01-01T00:01:00Z" },
  outbox_events: { sent_at: "2026-01-01T00:01:00Z" },
  uploads: { state: "done", ended_at: "2100-01-01T00:00:00Z", chunk_count: 0 },
  deliveries: { state: "settled", settled_at: "2100-01-01T00:00:00Z" },
  delivery_rows: { state: "written" },
  holds: { lifted_at: "2026-01-02T00:00:00Z", lifted_by: "customer" },
  connection_preparations: { state: "ready", ended_at: "2026-01-01T00:01:00Z", next_try_at: null },
  connection_exports: {
    state: "gone",
    gone_at: "2100-01-01T00:00:00Z",
    ends_at: "2026-01-08T00:00:00Z",
  },
  comparisons: { compared_at: "2026-01-02T00:00:00Z" },
  preparation_steps: { state: "done", ended_at: "2026-01-01T00:01:00Z" },
  offboardings: { closed_at: "2026-01-03T00:00:00Z", outcome: "proven_dead" },
};

const NAME = "many";

/**
 * Writes `count` accounts of one person, company, request and connection each, all of this integration: `count` rows of each
 * growing table. Done with the superuser's login, past constraints and triggers, and analyzed. Their ids are of a time before any that a test makes.
 */
export async function addManyRows(admin: Sql, integration: TestIntegration, count: number): Promise<void> {
  const [accountId, userId, draftId] = [randomUUID(), randomUUID(), randomUUID()];
  const connectionId = randomUUID();
  const rows = makeRows(NAME, {
    accountId,
    userId,
    draftId,
    connectionId,
    partnerId: integration.partner.id,
  });
  const growing = new Set<string>(GROWING);
  const own = [
    accountId,
    userId,
    draftId,
    ...rows.filter(([table]) => growing.has(table)).flatMap(([, row]) => [row.id, row.ask_id]),
  ].filter((id) => typeof id === "string");
  const idOf = (table: string): string => String(rows.find(([name]) => name === table)?.[1].id);
  const shared = (text: string): string =>
    text
      .replaceAll(idOf("integrations"), integration.integrationId)
      .replaceAll(idOf("specifications"), integration.specification.id);
  await admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(`create function pg_temp.renamed(written text, ids text[], i int) returns jsonb language plpgsql as $$
      declare one text; begin
        foreach one in array ids loop written := replace(written, one,
          overlay(overlay(overlay(md5(one || i) placing '01970000' from 1) placing '7' from 13) placing '8' from 17)::uuid::text); end loop;
        return replace(written, '${NAME}', '${NAME}' || i)::jsonb; end $$`);
    for (const [table, row] of rows) {
      if (!growing.has(table)) continue;
      const whole = { ...row, ...AT_REST[table as (typeof GROWING)[number]] };
      const columns = tx(Object.keys(whole));
      const written = shared(JSON.stringify(whole));
      const named = own.filter((id) => written.includes(id));
      await tx`insert into public.${tx(table)} (${columns}) select ${columns} from generate_series(1, ${count}) i,
        lateral jsonb_populate_record(null::public.${tx(table)},
          pg_temp.renamed(${written}::text, ${named}::text[], i))`;
    }
    await tx`update connections set verified_at = now(), state_since = now()`;
  });
  await admin`vacuum analyze`;
}

/** Of one of those connections as many rows again, ten in each of its deliveries, and their outcomes; its software may deliver. */
export async function addManyDeliveries(admin: Sql, connectionId: string, count: number): Promise<void> {
  await admin`
    update specifications set content = content
      || '{"access": ["deliveries"], "technicalUser": {"username": "API", "rights": [
        {"path": "sales.salesOrGroupInvoices", "level": "ALL_RIGHTS", "reason": {}},
        {"path": "sales.salesInvoiceSearch", "level": "VIEWING_RIGHTS", "reason": {}}]}}'::jsonb
    where integration_id = (select integration_id from connections where id = ${connectionId})`;
  await admin`
    with own as (select id, partner_id, account_id from connections where id = ${connectionId}), made as (
      insert into deliveries (id, connection_id, partner_id, account_id, entity, door, state, number, row_count, closed_at, settled_at)
      select gen_random_uuid(), own.id, partner_id, account_id, 'sales-invoices', 'api', 'settled', n + 1, 10, now(), now()
      from own, generate_series(1, ${count / 10}::int) n
      returning id, number
    ), rows as (
      insert into delivery_rows (id, delivery_id, connection_id, partner_id, account_id, entity, position, key_hash, state, delivery_number)
      select gen_random_uuid(), made.id, own.id, partner_id, account_id, 'sales-invoices', n, md5(made.number || '/' || n), 'written', made.number
      from own, made, generate_series(1, 10) n
      returning id, delivery_id
    )
    insert into outcome_events (connection_id, partner_id, account_id, number, row_id, delivery_id, entity, outcome)
    select own.id, partner_id, account_id, 1 + row_number() over (), rows.id, rows.delivery_id, 'sales-invoices', 'written'
    from own, rows`;
  await admin`
    insert into written_records (connection_id, partner_id, account_id, entity, key_hash, content_hash, row_id, sealed_record, written_at)
    select connection_id, partner_id, account_id, entity, key_hash, key_hash, id, 'none', now()
    from delivery_rows where connection_id = ${connectionId} and key_hash like '________________________________'`;
  await admin`
    update outcome_feeds set last_number = ${count + 1}, last_delivery = ${count / 10 + 1} where connection_id = ${connectionId}`;
  await admin`vacuum analyze`;
}
