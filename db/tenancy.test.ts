import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { findLeaks, type Leak, OWNER_COLUMNS, undone } from "@/testing/tenancy/find-leaks";
import { createTenant, type Tenant } from "@/testing/tenancy/tenant";
import { OWNERSHIP } from "./ownership";
import type { ScopeName } from "./scopes";

let database: TestDatabase;
let actor: Tenant;
let victim: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  actor = await createTenant(database.admin.sql, "actor");
  victim = await createTenant(database.admin.sql, "victim");
});
afterAll(() => database.close());

type Command = "select" | "insert" | "update" | "delete";
type Policy = {
  name: string;
  table: string;
  scope: ScopeName;
  command: Command;
  using: string | null;
  check: string | null;
};

/**
 * What a scope may do with everybody's rows, each with its reason. Everything else is tried below and has to give
 * nothing. `system` is the worker itself, which acts for every tenant and has a login of its own.
 */
type Open = {
  commands: Command[];
  /** With a condition of the row beside, such as its state. */
  ofSomeRows?: Command[];
  because: string;
};
const OPEN: Record<Exclude<ScopeName, "system">, Record<string, Open>> = {
  auth: {
    ...Object.fromEntries(
      ["accounts", "users", "memberships", "request_guests", "sessions", "sign_in_tokens"].map((table) => [
        table,
        {
          commands: ["select", "insert", "update", "delete"] as Command[],
          because: "who somebody is and belongs to is found out here, before there is a tenant",
        },
      ]),
    ),
    operators: { commands: ["select"], because: "finds out whether a person is one" },
    partner_members: { commands: ["select"], because: "finds the partners that a person belongs to" },
    partners: { commands: ["select"], because: "their names and addresses here, to choose one" },
    audit_log: {
      commands: [],
      ofSomeRows: ["insert"],
      because: "signing in is recorded before there is a tenant; what the system does is not written here",
    },
  },
  public: {
    evidence_keys: { commands: ["select"], because: "public keys, which documents are checked by" },
    intake_keys: { commands: ["select"], because: "public keys, to encrypt a vendor's call to the worker" },
  },
  customer: {
    evidence_keys: { commands: ["select"], because: "public keys, which documents are checked by" },
    outbox_events: { commands: ["insert"], because: "holds ids only; the worker reads the rows as they are" },
    intake_keys: { commands: ["select"], because: "public keys, to encrypt to the worker" },
    intake_host_keys: { commands: ["select"], because: "the public half of what every client is shown" },
  },
  guest: {
    evidence_keys: { commands: ["select"], because: "public keys, which documents are checked by" },
    outbox_events: { commands: ["insert"], because: "holds ids only; the worker reads the rows as they are" },
    intake_keys: { commands: ["select"], because: "public keys, to encrypt to the worker" },
  },
  partner: {
    outbox_events: { commands: ["insert"], because: "holds ids only; the worker reads the rows as they are" },
    intake_keys: { commands: ["select"], because: "public keys, to encrypt to the worker" },
  },
  operator: {
    partners: { commands: ["select"], because: "runs the installation" },
    partner_applications: {
      commands: ["select", "update"],
      because: "they are written to the operator, who decides",
    },
    integrations: {
      commands: ["select", "update"],
      because: "runs the installation; what stands in the public catalogue is its own to say, by columns",
    },
    retirements: { commands: ["select"], because: "runs the installation" },
    specifications: { commands: ["select"], because: "reviews them" },
    specification_reviews: { commands: ["select"], because: "submitted to the operator, who decides once" },
    activation_requests: { commands: ["select"], because: "metadata alone, by columns" },
    activations: { commands: ["select"], because: "metadata alone, by columns" },
    connections: {
      commands: ["select"],
      ofSomeRows: ["update"],
      because: "metadata alone, by columns; an operator ends any that lives",
    },
    worker_processes: { commands: ["select"], because: "which workers run; names of keys, not keys" },
    offboardings: { commands: ["select"], because: "metadata alone, by columns" },
    offboarding_steps: {
      commands: [],
      ofSomeRows: ["insert"],
      because: "an operator says that it asked for an end",
    },
    holds: {
      commands: ["select", "update"],
      because: "metadata alone, by columns; an operator lifts any hold",
    },
    operators: { commands: ["select"], because: "says which colleague did something" },
    candidates: { commands: ["select"], because: "metadata alone, by columns" },
    outbox_events: { commands: ["insert"], because: "holds ids only; the worker reads the rows as they are" },
    outbox_mails: { commands: ["select", "update"], because: "metadata alone, by columns" },
    tasks: { commands: ["select", "update"], because: "its own work; holds ids and redacted answers" },
  },
  gateway: Object.fromEntries(
    ["vendor_limits", "vendor_limit_places", "vendor_limit_waiters"].map((table) => [
      table,
      {
        commands: ["select", "insert", "update", "delete"] as Command[],
        because: "limits of vendors are shared by all tenants; they hold counts and ids",
      },
    ]),
  ),
  intake: {
    intake_keys: { commands: ["select"], because: "public keys, to encrypt to the worker" },
    intake_host_keys: { commands: ["select"], because: "the public half of what every client is shown" },
  },
};

/** To everybody in the scope, or in the operator's to every operator and in the guest's to every guest. */
const isOpenToAll = (clause: string | null): boolean =>
  clause !== null &&
  [
    "true",
    "( SELECT kytkin.is_operator() AS is_operator)",
    "(( SELECT kytkin.guest_draft() AS guest_draft) IS NOT NULL)",
  ].includes(clause);

const LEAK_OF: Record<Command, Leak> = {
  select: "read",
  insert: "inserted",
  update: "changed",
  delete: "deleted",
};
const TENANT_SCOPES = Object.keys(OPEN) as (keyof typeof OPEN)[];

async function listPolicies(): Promise<Policy[]> {
  return database.admin.sql<Policy[]>`
    select policyname as name, tablename as "table", lower(cmd) as command, qual as using, with_check as check,
      replace(roles[1], 'kytkin_scope_', '') as scope
    from pg_policies where schemaname = 'public' and roles[1] like 'kytkin_scope_%' order by policyname`;
}

/** In a transaction that never commits. */
function trying<T>(work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  return database.admin.sql.begin((tx) => undone(tx, work)) as Promise<T>;
}

describe.each(TENANT_SCOPES)("as %s of one tenant", (scope) => {
  test.each(Object.keys(OWNERSHIP))("nothing of another's can be had in %s", async (table) => {
    const { commands = [], ofSomeRows = [] } = OPEN[scope][table] ?? {};
    const open = [...commands, ...ofSomeRows];
    const leaks = await trying((tx) => findLeaks(tx, { table, scope }, { actor, victim }));
    const meant = new Set(open.map((command) => LEAK_OF[command]));
    // What may be changed at will may be given away too.
    if (meant.has("changed")) meant.add("given away");
    expect(leaks.filter((leak) => !meant.has(leak))).toEqual([]);
  });
});

describe("the tries would notice", () => {
  test("what is open to everybody is listed above, and nothing else is open", async () => {
    const open = (await listPolicies())
      .filter(({ scope, using, check }) => scope !== "system" && [using, check].some(isOpenToAll))
      .map(({ scope, table, command }) => `${scope} ${command} ${table}`);
    const listed = Object.entries(OPEN).flatMap(([scope, tables]) =>
      Object.entries(tables).flatMap(([table, { commands }]) =>
        commands.map((command) => `${scope} ${command} ${table}`),
      ),
    );
    expect(open.toSorted()).toEqual(listed.toSorted());
  });

  test("each policy that lets go of its rows, or of what new ones must be", async () => {
    const unnoticed: string[] = [];
    let widened = 0;
    for (const policy of await listPolicies()) {
      for (const { clause, leak } of listWidenings(policy)) {
        widened += 1;
        const leaks = await trying(async (tx) => {
          await tx.unsafe(`alter policy ${policy.name} on public.${policy.table} ${clause}`);
          return findLeaks(tx, policy, { actor, victim });
        });
        if (!leaks.includes(leak)) unnoticed.push(`${policy.name} ${clause}`);
      }
    }
    expect(unnoticed).toEqual([]);
    expect(widened).toBeGreaterThan(50);
    // Each policy of each table is dropped once: some hundred, and more with each table.
  }, 180_000);

  test("a table whose row-level security is off", async () => {
    const leaks = await trying(async (tx) => {
      await tx`alter table public.drafts disable row level security`;
      return findLeaks(tx, { table: "drafts", scope: "customer" }, { actor, victim });
    });
    expect(leaks).toEqual(["read", "changed", "inserted"]);
  });
});

type Widening = { clause: string; leak: Leak };

/** How a policy can be loosened, and what has to be noticed then. What is open by design cannot be. */
function listWidenings({ table, scope, command, using, check }: Policy): Widening[] {
  const widenings: Widening[] = [];
  if (using !== null && using !== "true") widenings.push({ clause: "using (true)", leak: LEAK_OF[command] });
  if (command === "insert" && check !== "true")
    widenings.push({ clause: "with check (true)", leak: "inserted" });
  // The check of a change keeps rows from being given away, where the scope may write a column that says whose it is.
  const columns = OWNERSHIP[table]?.[scope]?.update?.columns ?? OWNER_COLUMNS;
  if (command === "update" && check !== "true" && OWNER_COLUMNS.some((column) => columns.includes(column)))
    widenings.push({ clause: "with check (true)", leak: "given away" });
  return widenings;
}
