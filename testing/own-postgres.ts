import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminUrl, prepareServer } from "../scripts/postgres/server";
import { type Child, startChild, waitUntilReady } from "../scripts/process/child";
import { chooseFreePort } from "../scripts/process/port";

export type OwnPostgres = {
  /** Of the superuser, on the database `postgres`. */
  url: string;
  /** Shuts the server down as an administrator would, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A PostgreSQL of its own, for what others would not survive, or would disturb. */
export async function startOwnPostgres({ isDurable = false } = {}): Promise<OwnPostgres> {
  const directory = await mkdtemp(join(tmpdir(), "kytkin-own-"));
  // As root the server runs as its own user, which has to pass through.
  await chmod(directory, 0o711);
  const [port, adminPassword] = [await chooseFreePort(), randomBytes(16).toString("hex")];
  const server = await prepareServer({
    preferredDirectory: join(directory, "postgres"),
    knownDirectory: null,
    port,
    adminPassword,
    isDurable,
    maxConnections: 100,
  });
  const start = async (): Promise<Child> => {
    const child = startChild(server.spec, join(directory, "postgres.log"));
    await waitUntilReady(child);
    return child;
  };
  let child = await start();
  return {
    url: `${adminUrl(port, adminPassword)}/postgres`,
    async restart() {
      await child.stop();
      child = await start();
    },
    async stop() {
      await child.stop();
      await rm(server.directory, { recursive: true, force: true });
      await rm(directory, { recursive: true, force: true });
    },
  };
}
