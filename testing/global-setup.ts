import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { adminUrl, prepareServer } from "../scripts/postgres/server";
import { startChild, waitUntilReady } from "../scripts/process/child";
import { chooseFreePort } from "../scripts/process/port";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the run's own PostgreSQL, without a database name. */
    postgresAdminUrl: string;
    /** Other files of tests run in the same process. */
    sharesProcess: boolean | undefined;
    /** How many requests are made while processes are killed, and at which moments. */
    kill: { requests: number; rows: number; fileRows: number; seed: number | null };
    /** How many rows the bench of files sends. */
    intake: { rows: number };
    /** How many random journeys each vendor gets, and from which seed; null for a new one. */
    journeys: { runs: number; seed: number | null };
  }
}

/** One real PostgreSQL for the whole run, in a temporary folder; each test file makes its own database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "kytkin-test-"));
  // As root the server runs as its own user, which has to pass through.
  await chmod(directory, 0o711);
  const port = await chooseFreePort();
  const adminPassword = randomBytes(16).toString("hex");
  const server = await prepareServer({
    preferredDirectory: join(directory, "postgres"),
    knownDirectory: null,
    port,
    adminPassword,
    isDurable: false,
    maxConnections: 200,
  });
  const child = startChild(server.spec, join(directory, "postgres.log"));
  const tearDown = async () => {
    await child.stop();
    await rm(server.directory, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
  };
  // Ended by a signal, the run does not come to its own tear-down.
  process.once("exit", child.kill);
  await waitUntilReady(child).catch(async (error) => {
    await tearDown();
    throw error;
  });
  project.provide("postgresAdminUrl", adminUrl(port, adminPassword));
  return tearDown;
}
