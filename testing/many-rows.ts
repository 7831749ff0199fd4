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
  offboardings: { closed_at: "2026-01-03T00:00:00Z", outcome: "proven_dead" },
};

const NAME = "many";

/**
 * Writes `count` accounts of one person, company, request and connection each, all of this integration: `count` rows of each
 * growing table. Done with the superuser's login, past constraints and triggers, and analyzed.
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
        foreach one in array ids loop written := replace(written, one, md5(one || i)::uuid::text); end loop;
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
