import { fileURLToPath } from "node:url";
import { connect, type Database } from "@/db/client";
import { createWakeFunction, migrate } from "@/db/migrate";
import { createRolesAsAdmin } from "@/db/roles";
import {
  GATEWAY_LOGIN,
  INTAKE_LOGIN,
  OWNER_LOGIN,
  roleOf,
  SCOPES,
  WEB_LOGIN,
  WORKER_LOGIN,
} from "@/db/scopes";
import { createAdminFunctions } from "@/inngest/admin";
import { migrateEngine } from "@/inngest/engine";
import { createCopyOf } from "./postgres";

const PASSWORD = "test";
const migrationsFolder = fileURLToPath(new URL("../db/migrations", import.meta.url));

export type TestDatabase = {
  /** The web login: public, auth, customer, partner and operator scopes. */
  web: Database;
  /** The worker login: the system scope. */
  worker: Database;
  /** The gateway login: functions that answer for one key and connection. */
  gateway: Database;
  /** The intake login: the door of one connection at a time. */
  intake: Database;
  /** Superuser, for tests that look behind the policies. */
  admin: Database;
  urls: { admin: string; owner: string; web: string; worker: string; gateway: string; intake: string };
  close(): Promise<void>;
};

/** A database of its own with the real logins, migrated as an installation's is. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createCopyOf("migrated", async (model) => {
    await makeRoles(model);
    await migrateAll(model);
  });
  await makeRoles(url);
  return connectAll(url, drop);
}

/** The same on an empty database of another server, which the caller has made and removes with `drop`. */
export async function prepareTestDatabase(
  emptyUrl: string,
  drop: () => Promise<void>,
): Promise<TestDatabase> {
  await makeRoles(emptyUrl);
  await migrateAll(emptyUrl);
  return connectAll(emptyUrl, drop);
}

function urlOf(databaseUrl: string, login: string): string {
  const url = new URL(databaseUrl);
  url.username = login;
  url.password = PASSWORD;
  return url.href;
}

const makeRoles = (databaseUrl: string): Promise<void> =>
  createRolesAsAdmin(databaseUrl, {
    owner: PASSWORD,
    web: PASSWORD,
    worker: PASSWORD,
    gateway: PASSWORD,
    intake: PASSWORD,
  });

async function migrateAll(databaseUrl: string): Promise<void> {
  const workerUrl = urlOf(databaseUrl, WORKER_LOGIN);
  await migrate(urlOf(databaseUrl, OWNER_LOGIN), migrationsFolder);
  await migrateEngine(workerUrl);
  await createAdminFunctions(workerUrl, roleOf("operator"));
  await createWakeFunction(workerUrl, SCOPES.map(roleOf));
}

function connectAll(databaseUrl: string, drop: () => Promise<void>): TestDatabase {
  const urls = {
    admin: databaseUrl,
    owner: urlOf(databaseUrl, OWNER_LOGIN),
    web: urlOf(databaseUrl, WEB_LOGIN),
    worker: urlOf(databaseUrl, WORKER_LOGIN),
    gateway: urlOf(databaseUrl, GATEWAY_LOGIN),
    intake: urlOf(databaseUrl, INTAKE_LOGIN),
  };
  const [web, worker, gateway] = [connect(urls.web), connect(urls.worker), connect(urls.gateway)];
  const intake = connect(urls.intake);
  const all = connect(urls.admin, { max: 2 });
  return {
    web,
    worker,
    gateway,
    intake,
    admin: all,
    urls,
    close: async () => {
      await Promise.all([web.close(), worker.close(), gateway.close(), intake.close(), all.close()]);
      await drop();
    },
  };
}
