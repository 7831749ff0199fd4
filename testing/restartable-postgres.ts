import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminUrl, prepareServer } from "../scripts/postgres/server";
import { type Child, startChild, waitUntilReady } from "../scripts/process/child";
import { chooseFreePort } from "../scripts/process/port";
import { prepareTestDatabase, type TestDatabase } from "./database";

const PASSWORD = "restartable";

export type RestartablePostgres = {
  database: TestDatabase;
  /** Ends the server and every connection at once, as a crash of its machine does. */
  crash(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** A real PostgreSQL of one test file's own, which may go away in the middle. */
export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), "kytkin-restart-"));
  await chmod(folder, 0o711);
  const port = await chooseFreePort();
  let directory: string | null = null;
  let child: Child | undefined;
  const start = async () => {
    const server = await prepareServer({
      preferredDirectory: join(folder, "postgres"),
      knownDirectory: directory,
      port,
      adminPassword: PASSWORD,
      isDurable: true,
      maxConnections: 80,
    });
    directory = server.directory;
    child = startChild(server.spec, join(folder, "postgres.log"));
    await waitUntilReady(child);
  };
  await start();
  const database = await prepareTestDatabase(`${adminUrl(port, PASSWORD)}/postgres`, async () => {});
  return {
    database,
    start,
    crash: async () => {
      child?.kill();
      await child?.exited;
      child?.killRemains();
    },
    close: async () => {
      await database.close();
      await child?.stop();
      if (directory !== null) await rm(directory, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
