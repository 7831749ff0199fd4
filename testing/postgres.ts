import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** An empty database of its own for one test file, on the run's PostgreSQL; `drop` it in `afterAll`. */
export async function createEmptyDatabase(): Promise<{
  url: string;
  name: string;
  drop: () => Promise<void>;
}> {
  const adminUrl = inject("postgresAdminUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(`${adminUrl}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(`CREATE DATABASE ${name}`);
  await admin.end();
  return {
    url: `${adminUrl}/${name}`,
    name,
    drop: async () => {
      const again = postgres(`${adminUrl}/postgres`, { max: 1, onnotice: () => {} });
      await again.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await again.end();
    },
  };
}
