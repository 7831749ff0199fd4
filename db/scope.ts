import { sql } from "drizzle-orm";
import type { PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { ExtractTablesWithRelations } from "drizzle-orm/relations";
import { AppError } from "@/lib/core/app-error";
import type { Database, Schema } from "./client";
import { markDatabaseAway, withoutValues } from "./errors";
import { roleOf, type ScopeName } from "./scopes";

/** In whose name a transaction runs, with the ids that its rows are limited to. */
export type Scope =
  | { kind: "public"; linkHash?: string }
  | { kind: "auth"; keyHash?: string }
  | { kind: "customer"; accountId: string; userId: string; linkHash?: string }
  /** Who was handed one prepared request: that draft, the request that it becomes, and nothing else of the account. */
  | { kind: "guest"; draftId: string; userId: string; linkHash?: string }
  /** A member, or software with one of the partner's API keys: what they may do is read from their row. */
  | { kind: "partner"; partnerId: string; userId: string }
  | { kind: "partner"; partnerId: string; keyId: string }
  | { kind: "operator"; userId: string }
  /**
   * The gateway: functions that answer for one key and connection, and the limits of vendors. With both, also what is delivered
   * to that connection, as long as the key is in force.
   */
  | { kind: "gateway"; keyHash?: string; connectionId?: string }
  /** The process that takes files in: the rows of one connection's door, or none before a sign-in. */
  | { kind: "intake"; connectionId?: string; accountId?: string }
  /** The worker's own doing; `reason` names it in the database's activity view. */
  | { kind: "system"; reason: string };

declare const scopeBrand: unique symbol;
type AnyTransaction = PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
/** A transaction that has entered a scope. There is no other way to get one. */
export type ScopedTransaction<K extends ScopeName = ScopeName> = AnyTransaction & {
  readonly [scopeBrand]: K;
};
/** The worker's. */
export type SystemTransaction = ScopedTransaction<"system">;

/** Of the processes that take deliveries in: the worker for files and pages, the gateway for partners' software. */
export type DoorTransaction = ScopedTransaction<"system" | "gateway">;

/** Of who may work on a prepared request: a member of its account, or a guest that it was handed to. */
export type RequestTransaction = ScopedTransaction<"customer" | "guest">;
/** Reads the membership or the key in the database, which sets the ids itself. Throws `not_found` without one in force. */
async function enterPartner(tx: AnyTransaction, scope: Extract<Scope, { kind: "partner" }>): Promise<void> {
  const userId = "userId" in scope ? scope.userId : null;
  const keyId = "keyId" in scope ? scope.keyId : null;
  const [row] = await tx.execute<{ entered: boolean }>(
    sql`select kytkin.enter_partner(${scope.partnerId}::uuid, ${userId}::uuid, ${keyId}::uuid) as entered`,
  );
  if (!row?.entered) throw new AppError("not_found", "partner");
}

function settingsOf(scope: Scope): Record<string, string> {
  const ids: Record<string, string | undefined> = {
    account_id: "accountId" in scope ? scope.accountId : undefined,
    user_id: "userId" in scope ? scope.userId : undefined,
    connection_id: "connectionId" in scope ? scope.connectionId : undefined,
    draft_id: "draftId" in scope ? scope.draftId : undefined,
    link_hash: "linkHash" in scope ? scope.linkHash : undefined,
    key_hash: "keyHash" in scope ? scope.keyHash : undefined,
  };
  return Object.fromEntries(Object.entries(ids).map(([name, value]) => [name, value ?? ""]));
}

/**
 * Runs `work` in one transaction inside a scope: the scope's role is entered and its ids are set for this transaction
 * alone. Postgres refuses a scope that the login is no member of. A customer's account is entered by its members; for
 * anybody else it is empty. A partner's is entered through `kytkin.enter_partner`.
 */
export async function withScope<S extends Scope, T>(
  database: Database,
  scope: S,
  work: (tx: ScopedTransaction<S["kind"]>) => Promise<T>,
): Promise<T> {
  const transaction = database.orm.transaction(async (tx) => {
    const settings = settingsOf(scope);
    const calls = Object.entries(settings).map(([name, value]) =>
      scope.kind === "customer" && name === "account_id"
        ? sql`set_config('kytkin.account_id', kytkin.account_of_member(${scope.accountId}, ${scope.userId}), true)`
        : sql`set_config(${`kytkin.${name}`}, ${value}, true)`,
    );
    await tx.execute(
      sql`select set_config('role', ${roleOf(scope.kind)}, true), ${sql.join(calls, sql`, `)}`,
    );
    if (scope.kind === "partner") await enterPartner(tx, scope);
    return await work(tx as ScopedTransaction<S["kind"]>);
  });
  return await transaction.catch((error: unknown) => {
    const told = withoutValues(error);
    markDatabaseAway(told);
    throw told;
  });
}

/** Refuses a login that row-level security would not bind. Called at the start of every process. */
export async function assertSafeLogin(database: Database): Promise<void> {
  const [login] = await database.sql`
    select current_user as name, rolsuper or rolbypassrls as is_unbound,
      exists (select 1 from pg_tables where schemaname = 'public' and tableowner = current_user) as is_owner
    from pg_roles where rolname = current_user`;
  if (!login || login.is_unbound || login.is_owner) {
    throw new Error(
      `The database login "${login?.name}" is not bound by row-level security (superuser, BYPASSRLS or owner of the tables). Use the web or worker login.`,
    );
  }
}
