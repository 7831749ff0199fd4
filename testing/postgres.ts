import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { inject } from "vitest";

export type EmptyDatabase = { url: string; name: string; drop: () => Promise<void> };

/** Any number, as long as no other advisory lock of the database `postgres` uses it. */
const MODEL_LOCK = 7_245_104;

async function asAdmin<T>(act: (admin: Sql) => Promise<T>): Promise<T> {
  const admin = postgres(`${inject("postgresAdminUrl")}/postgres`, { max: 1, onnotice: () => {} });
  try {
    return await act(admin);
  } finally {
    await admin.end();
  }
}

const urlOf = (name: string): string => `${inject("postgresAdminUrl")}/${name}`;

async function create(from: string): Promise<EmptyDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin((admin) => admin.unsafe(`CREATE DATABASE ${name} TEMPLATE ${from}`));
  return {
    url: urlOf(name),
    name,
    drop: async () => {
      await asAdmin((admin) => admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** An empty database of its own for one test file, on the run's PostgreSQL; `drop` it in `afterAll`. */
export const createEmptyDatabase = (): Promise<EmptyDatabase> => create("template1");

/**
 * The same as a copy of `model`, which the run's first caller makes of an empty database with `prepare`: a copy takes a tenth of
 * the time of the migrations. What belongs to the database itself (who may connect) is not copied.
 */
export async function createCopyOf(
  model: string,
  prepare: (url: string) => Promise<void>,
): Promise<EmptyDatabase> {
  await asAdmin(async (admin) => {
    await admin`SELECT pg_advisory_lock(${MODEL_LOCK})`;
    const [made] = await admin`SELECT 1 FROM pg_database WHERE datname = ${model}`;
    if (made) return;
    // Of a process that died while it made the model.
    await admin.unsafe(`DROP DATABASE IF EXISTS ${model}_begun WITH (FORCE)`);
    await admin.unsafe(`CREATE DATABASE ${model}_begun`);
    await prepare(urlOf(`${model}_begun`));
    await admin.unsafe(`ALTER DATABASE ${model}_begun RENAME TO ${model}`);
  });
  return create(model);
}
