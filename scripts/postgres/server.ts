import postgres from "postgres";
import type { ChildSpec } from "../process/child";
import { ExplainedError } from "../process/explained-error";
import { postgresPath } from "./binaries";
import { ADMIN, dataFolder, ensureCluster, hasCluster, SERVER_ENV } from "./cluster";
import { requireDiskSpace } from "./disk-space";
import { clearLeftoverServer } from "./leftover-server";
import { place } from "./placement";
import { ensureServerUser } from "./server-user";

export type ServerOptions = {
  /** Where to put the cluster if the server's user can reach it. */
  preferredDirectory: string;
  /** Where an earlier start put it; null at the first. */
  knownDirectory: string | null;
  port: number;
  adminPassword: string;
  /** false: faster, and a power cut may lose everything; for tests. */
  isDurable: boolean;
  maxConnections: number;
};

export type PreparedServer = {
  spec: ChildSpec;
  /** Where the cluster is; to be given as `knownDirectory` from now on. */
  directory: string;
};

/** A new cluster takes 40 MB and its write-ahead log grows to 1 GB. */
const NEEDED_FIRST_MEGABYTES = 1024;
const NEEDED_LATER_MEGABYTES = 200;

const WRONG_PASSWORD = "28P01";

export const SERVER_HOST = "127.0.0.1";

/** URL of the superuser, without a database. */
export function adminUrl(port: number, adminPassword: string): string {
  return `postgres://${ADMIN}:${encodeURIComponent(adminPassword)}@${SERVER_HOST}:${port}`;
}

async function accepts(options: ServerOptions): Promise<boolean> {
  const sql = postgres(`${adminUrl(options.port, options.adminPassword)}/postgres`, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
  });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    // Waiting would not help: the database was made with another one.
    if (error instanceof postgres.PostgresError && error.code === WRONG_PASSWORD)
      throw new ExplainedError(
        "The database does not take the password that is kept for it (postgresAdminPassword in secrets.json): that file is another folder's, or of another time. Restore the one that belongs to this database.",
      );
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function listSettings(options: ServerOptions): string[] {
  const settings = {
    listen_addresses: SERVER_HOST,
    // Over TCP only: a socket's lock in a shared folder outlives an unclean end.
    unix_socket_directories: "",
    max_connections: options.maxConnections,
    timezone: "UTC",
    log_timezone: "UTC",
    ...(options.isDurable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Makes everything ready for the server to start: its user, its place, its cluster; and says how to run it.
 * The caller holds the claim on the folder, and keeps the process running.
 */
export async function prepareServer(options: ServerOptions): Promise<PreparedServer> {
  const user = ensureServerUser();
  const placement = await place(options.preferredDirectory, options.knownDirectory, user);
  await requireDiskSpace(
    placement.directory,
    hasCluster(placement) ? NEEDED_LATER_MEGABYTES : NEEDED_FIRST_MEGABYTES,
  );
  await ensureCluster({
    placement,
    user,
    adminPassword: options.adminPassword,
    isDurable: options.isDurable,
  });
  const data = dataFolder(placement);
  await clearLeftoverServer(data);
  return {
    directory: placement.directory,
    spec: {
      name: "database",
      command: postgresPath(placement.native),
      args: ["-D", data, "-p", String(options.port), ...listSettings(options)],
      env: SERVER_ENV,
      cwd: placement.directory,
      user: user ?? undefined,
      // PostgreSQL's "fast" and "immediate" shutdowns.
      stopSignal: "SIGINT",
      killSignal: "SIGQUIT",
      stopTimeoutMs: 20_000,
      isReady: () => accepts(options),
      ports: [options.port],
      readyTimeoutMs: 60_000,
    },
  };
}
