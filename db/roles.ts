import postgres, { type Sql, type TransactionSql } from "postgres";
import { isRefusalOfPostgres } from "@/lib/core/logged-error";
import {
  GATEWAY_LOGIN,
  GATEWAY_SCOPES,
  INTAKE_LOGIN,
  INTAKE_SCOPES,
  OWNER_LOGIN,
  roleOf,
  SCOPES,
  WEB_LOGIN,
  WEB_SCOPES,
  WORKER_LOGIN,
  WORKER_SCOPES,
} from "./scopes";

/** Gateway and intake may be left out of an installation: without a password there is no login. */
export type LoginPasswords = {
  owner: string;
  web: string;
  worker: string;
  gateway?: string;
  intake?: string;
};

const RACE_TRIES = 10;
/** Somebody else, in another database of the cluster, made or changed the same role at this moment. */
const RACE_CODES = ["23505", "42710", "XX000"];

/** Makes the scope roles and the logins, and gives the owner the database. Run by an administrator; idempotent. */
export async function createRoles(admin: Sql, passwords: LoginPasswords): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await admin.begin((tx) => createAll(tx, passwords));
    } catch (error) {
      // Roles belong to the whole cluster, and no lock does.
      const isRace = error instanceof Error && isRefusalOfPostgres(error) && RACE_CODES.includes(error.code);
      if (!isRace || tries === RACE_TRIES) throw error;
    }
  }
}

/** The same through a connection of its own. `adminUrl` names Kytkin's database. */
export async function createRolesAsAdmin(adminUrl: string, passwords: LoginPasswords): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await createRoles(admin, passwords);
  } finally {
    await admin.end();
  }
}

async function createAll(tx: TransactionSql, passwords: LoginPasswords): Promise<void> {
  for (const scope of SCOPES) await createRole(tx, roleOf(scope), "NOLOGIN");
  await createLogin(tx, OWNER_LOGIN, passwords.owner);
  await createLogin(tx, WEB_LOGIN, passwords.web);
  await createLogin(tx, WORKER_LOGIN, passwords.worker);
  // NOINHERIT: a login has a scope's rights only inside a transaction that entered it.
  for (const scope of WEB_SCOPES) await tx.unsafe(`GRANT ${roleOf(scope)} TO ${WEB_LOGIN}`);
  for (const scope of WORKER_SCOPES) await tx.unsafe(`GRANT ${roleOf(scope)} TO ${WORKER_LOGIN}`);
  const logins = [WEB_LOGIN, WORKER_LOGIN, OWNER_LOGIN];
  if (passwords.gateway) {
    await createLogin(tx, GATEWAY_LOGIN, passwords.gateway);
    for (const scope of GATEWAY_SCOPES) await tx.unsafe(`GRANT ${roleOf(scope)} TO ${GATEWAY_LOGIN}`);
    logins.push(GATEWAY_LOGIN);
  }
  if (passwords.intake) {
    await createLogin(tx, INTAKE_LOGIN, passwords.intake);
    for (const scope of INTAKE_SCOPES) await tx.unsafe(`GRANT ${roleOf(scope)} TO ${INTAKE_LOGIN}`);
    logins.push(INTAKE_LOGIN);
  }
  const [row] = await tx`select quote_ident(current_database()) as name`;
  const database = String(row?.name);
  await tx.unsafe(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await withholdLargeObjects(tx);
  await tx.unsafe(`GRANT CONNECT ON DATABASE ${database} TO ${logins.join(", ")}`);
  // The worker owns the schemas of the engine and of graphile-worker, and makes them itself.
  await tx.unsafe(`GRANT CREATE ON DATABASE ${database} TO ${OWNER_LOGIN}, ${WORKER_LOGIN}`);
  await tx.unsafe("REVOKE ALL ON SCHEMA public FROM PUBLIC");
  await tx.unsafe(`GRANT USAGE, CREATE ON SCHEMA public TO ${OWNER_LOGIN} WITH GRANT OPTION`);
}

/** Everybody may write large objects, outside of every table and policy, until the disk is full. An administrator can end that. */
async function withholdLargeObjects(tx: TransactionSql): Promise<void> {
  const [me] = await tx`select rolsuper from pg_roles where rolname = current_user`;
  if (me?.rolsuper !== true) return;
  const functions = await tx`select oid::regprocedure::text as signature from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and (proname like 'lo\\_%' or proname in ('loread', 'lowrite'))`;
  for (const { signature } of functions)
    await tx.unsafe(`REVOKE EXECUTE ON FUNCTION pg_catalog.${String(signature)} FROM PUBLIC`);
}

async function createRole(tx: TransactionSql, name: string, attributes: string): Promise<void> {
  const [existing] = await tx`select 1 from pg_roles where rolname = ${name}`;
  if (!existing) await tx.unsafe(`CREATE ROLE ${name} ${attributes}`);
}

async function createLogin(tx: TransactionSql, name: string, password: string): Promise<void> {
  await createRole(tx, name, "LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB");
  const [row] = await tx`select quote_literal(${password}) as literal`;
  await tx.unsafe(`ALTER ROLE ${name} PASSWORD ${String(row?.literal)}`);
}
