import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { connect, type Database } from "@/db/client";
import { createWakeFunction, migrate } from "@/db/migrate";
import { createRoles } from "@/db/roles";
import {
  GATEWAY_LOGIN,
  INTAKE_LOGIN,
  OWNER_LOGIN,
  roleOf,
  SCOPES,
  WEB_LOGIN,
  WORKER_LOGIN,
} from "@/db/scopes";
import { migrateEngine } from "@/inngest/engine";
import { createSightFunctions } from "@/inngest/sight";
import { createEmptyDatabase } from "./postgres";

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
  const empty = await createEmptyDatabase();
  return prepareTestDatabase(empty.url, empty.drop);
}

/** The same on an empty database that the caller has made and removes with `drop`. */
export async function prepareTestDatabase(
  emptyUrl: string,
  drop: () => Promise<void>,
): Promise<TestDatabase> {
  const urlOf = (login: string): string => {
    const url = new URL(emptyUrl);
    url.username = login;
    url.password = PASSWORD;
    return url.href;
  };
  const admin = postgres(emptyUrl, { max: 1, onnotice: () => {} });
  await createRoles(admin, {
    owner: PASSWORD,
    web: PASSWORD,
    worker: PASSWORD,
    gateway: PASSWORD,
    intake: PASSWORD,
  });
  await admin.end();
  const urls = {
    admin: emptyUrl,
    owner: urlOf(OWNER_LOGIN),
    web: urlOf(WEB_LOGIN),
    worker: urlOf(WORKER_LOGIN),
    gateway: urlOf(GATEWAY_LOGIN),
    intake: urlOf(INTAKE_LOGIN),
  };
  await migrate(urls.owner, migrationsFolder);
  await migrateEngine(urls.worker);
  await createSightFunctions(urls.worker, roleOf("operator"));
  await createWakeFunction(urls.worker, SCOPES.map(roleOf));
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
