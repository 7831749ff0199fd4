import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { DEFINER_TABLES, OWNERSHIP } from "./ownership";
import {
  GATEWAY_LOGIN,
  INTAKE_LOGIN,
  OWNER_LOGIN,
  roleOf,
  SCOPES,
  WEB_LOGIN,
  WEB_SCOPES,
  WORKER_LOGIN,
} from "./scopes";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const COMMANDS = ["select", "insert", "update", "delete"] as const;
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).toSorted();

/** `role command table column` for every column that the matrix gives. */
async function listMeantGrants(): Promise<string[]> {
  const columns = await database.admin.sql<{ table: string; name: string }[]>`
    select table_name as "table", column_name as name from information_schema.columns where table_schema = 'public'`;
  return Object.entries(OWNERSHIP).flatMap(([table, scopes]) =>
    SCOPES.flatMap((scope) =>
      COMMANDS.flatMap((command) => {
        const access = scopes[scope]?.[command];
        if (!access) return [];
        if (command === "delete") return [`${roleOf(scope)} delete ${table} -`];
        const all = columns.filter((column) => column.table === table).map((column) => column.name);
        return (access.columns ?? all).map((column) => `${roleOf(scope)} ${command} ${table} ${column}`);
      }),
    ),
  );
}

describe("every table", () => {
  test("is in the matrix, and the matrix names no other", async () => {
    const tables = await database.admin.sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'`;
    expect(names(tables)).toEqual(Object.keys(OWNERSHIP).toSorted());
  });

  test("has row-level security on and forced, and belongs to the owner's login", async () => {
    const loose = await database.admin.sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity and relowner = ${OWNER_LOGIN}::regrole)`;
    expect(names(loose)).toEqual([]);
  });

  test("has the policies of the matrix and those of our own functions, and no other", async () => {
    const policies = await database.admin.sql<{ name: string }[]>`
      select policyname as name from pg_policies where schemaname = 'public'`;
    const meant = Object.entries(OWNERSHIP).flatMap(([table, scopes]) => [
      ...SCOPES.flatMap((scope) =>
        COMMANDS.filter((command) => scopes[scope]?.[command]).map(
          (command) => `${table}_${scope}_${command}`,
        ),
      ),
      ...(DEFINER_TABLES[table] ?? []).map((command) => `${table}_definer_${command}`),
    ]);
    expect(names(policies)).toEqual(meant.toSorted());
  });
});

test("no role has a right on a table or column that the matrix does not give", async () => {
  const granted = await database.admin.sql<{ name: string }[]>`
    select distinct r.rolname || ' ' || p.command || ' ' || c.relname || ' ' ||
        case p.command when 'delete' then '-' else a.attname end as name
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      cross join pg_roles r
      cross join unnest(array['select', 'insert', 'update', 'delete']) as p(command)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not r.rolsuper
      and r.rolname like 'kytkin%' and r.rolname <> ${OWNER_LOGIN}
      and case p.command when 'delete' then has_table_privilege(r.oid, c.oid, 'delete')
        else has_column_privilege(r.oid, c.oid, a.attnum, p.command) end`;
  expect(names(granted)).toEqual((await listMeantGrants()).toSorted());
});

test("nobody but the owner may empty, refer to or put triggers on a table", async () => {
  const granted = await database.admin.sql<{ name: string }[]>`
    select distinct grantee || ' ' || privilege_type || ' ' || table_name as name
    from information_schema.table_privileges
    where table_schema = 'public' and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER') and grantee <> ${OWNER_LOGIN}`;
  expect(names(granted)).toEqual([]);
});

test("the logins inherit nothing and enter their own scopes only", async () => {
  const members = await database.admin.sql<{ name: string }[]>`
    select member::regrole || ' in ' || roleid::regrole as name from pg_auth_members
    where member in (${WEB_LOGIN}::regrole, ${WORKER_LOGIN}::regrole, ${GATEWAY_LOGIN}::regrole, ${INTAKE_LOGIN}::regrole)`;
  expect(names(members)).toEqual(
    [
      ...WEB_SCOPES.map((scope) => `${WEB_LOGIN} in ${roleOf(scope)}`),
      `${WORKER_LOGIN} in ${roleOf("system")}`,
      `${GATEWAY_LOGIN} in ${roleOf("gateway")}`,
      `${INTAKE_LOGIN} in ${roleOf("intake")}`,
    ].toSorted(),
  );
  const logins = await database.admin.sql`
    select rolname from pg_roles
    where rolname in (${WEB_LOGIN}, ${WORKER_LOGIN}, ${GATEWAY_LOGIN}, ${INTAKE_LOGIN}) and (rolinherit or rolsuper or rolbypassrls or rolcreaterole)`;
  expect(logins).toEqual([]);
});

test("a scope calls the functions that are for it, and none that runs as the owner beyond", async () => {
  const callable = await database.admin.sql<{ name: string }[]>`
    select r.rolname || ' ' || p.proname as name
    from pg_proc p cross join pg_roles r
    where p.pronamespace in ('kytkin'::regnamespace, 'wake'::regnamespace) and p.prosecdef
      and (r.rolname like 'kytkin_scope_%' or r.rolname in (${WEB_LOGIN}, ${WORKER_LOGIN}, ${GATEWAY_LOGIN}, ${INTAKE_LOGIN}))
      and has_function_privilege(r.oid, p.oid, 'execute') and p.proname <> 'outbox'`;
  const meant: Record<string, string[]> = {
    public: [
      "alerts_of_token",
      "confirm_initiator",
      "confirmation_preview",
      "count_link_opening",
      "email_change_preview",
      "evidence_of_fingerprint",
      "integration_for_return",
      "is_inbound_address",
      "keep_inbound_call",
      "link_room",
      "public_link",
      "rate_limit_ends",
      "rate_limit_used",
      "stop_alerts",
      "take_rate_limit",
      "undo_email_change",
    ],
    auth: [
      "demo_traces",
      "figures",
      "guest_accesses",
      "handed_over",
      "health",
      "rate_limit_ends",
      "record_bounce",
      "take_rate_limit",
    ],
    customer: [
      "confirm_email_change",
      "count_in_flight",
      "customer_timeline",
      "draft_preparation",
      "email_change_preview",
      "environment_id",
      "handed_consents",
      "held_environments",
      "integration_for_return",
      "known_links",
      "link_room",
      "open_consents",
      "rate_limit_ends",
      "request_account",
      "request_mail",
      "reserve_link_use",
      "return_with_state",
      "take_from_plan",
      "take_rate_limit",
    ],
    guest: [
      "count_in_flight",
      "draft_preparation",
      "environment_id",
      "guest_draft",
      "handed_consents",
      "held_environments",
      "integration_for_return",
      "rate_limit_ends",
      "request_account",
      "request_mail",
      "return_with_state",
      "take_from_plan",
      "take_rate_limit",
    ],
    partner: [
      "api_key_scopes",
      "application_secrets",
      "consent_end",
      "enter_partner",
      "link_figures",
      "link_uses",
      "partner_id",
      "partner_role",
      "partner_timeline",
      "publish_specification",
      "rate_limit_ends",
      "take_quota",
      "take_rate_limit",
    ],
    operator: [
      "accept_partner_application",
      "applicant_email",
      "is_operator",
      "operator_email",
      "operator_timeline",
    ],
    gateway: [
      "ask_gateway_token",
      "authorize_gateway_call",
      "demo_traces",
      "gateway_connection",
      "gateway_partner",
      "health",
      "lock_live_connection",
      "log_gateway_calls",
      "read_export_chunk",
      "stopped_connections",
      "use_body_view",
      "use_export_ticket",
    ],
    intake: [
      "intake_account",
      "is_intake_session_alive",
      "rate_limit_ends",
      "rate_limit_used",
      "take_rate_limit",
    ],
    system: ["demo_traces", "environment_id", "held_environments", "lock_live_connection"],
  };
  expect(names(callable)).toEqual(
    [
      // Asked before the scope's role is entered.
      `${WEB_LOGIN} account_of_member`,
      ...Object.entries(meant).flatMap(([scope, functions]) =>
        functions.map((name) => `kytkin_scope_${scope} ${name}`),
      ),
    ].toSorted(),
  );
});

test("functions that run as somebody else look nowhere but where they say", async () => {
  const loose = await database.admin.sql<{ name: string }[]>`
    select proname as name from pg_proc
    where prosecdef and pronamespace in ('kytkin'::regnamespace, 'wake'::regnamespace)
      and not coalesce(proconfig @> array['search_path=""'], false)`;
  expect(names(loose)).toEqual([]);
});

test("no scope reaches the engine's tables or adds a job but by the one door", async () => {
  const reached = await database.admin.sql<{ name: string }[]>`
    select r.rolname || ' ' || n.nspname as name from pg_namespace n cross join pg_roles r
    where n.nspname in ('engine', 'graphile_worker', 'drizzle') and r.rolname like 'kytkin_scope_%'
      and has_schema_privilege(r.oid, n.oid, 'usage')`;
  expect(names(reached)).toEqual([]);
  const [web] = await database.admin.sql`
    select has_schema_privilege(${WEB_LOGIN}, 'graphile_worker', 'usage') as "canSee"`;
  expect(web).toEqual({ canSee: false });
});
