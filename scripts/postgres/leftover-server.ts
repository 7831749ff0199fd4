import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ExplainedError } from "../process/explained-error";
import { findProcess, isRunning, worksIn } from "../process/identity";
import { waitUntil } from "../process/wait-until";

const STOP_TIMEOUT_MS = 20_000;

/**
 * Clears what an earlier server left in the data folder. A server that still runs on it (its launcher was killed) is
 * stopped; a `postmaster.pid` whose process id now belongs to something else is removed, since PostgreSQL would take
 * that for a running server and refuse to start. The server of a folder that this one was copied from is something else.
 * The caller holds the claim on the folder.
 */
export async function clearLeftoverServer(data: string): Promise<void> {
  const pidFile = join(data, "postmaster.pid");
  const content = await readFile(pidFile, "utf8").catch(() => null);
  if (content === null) return;
  const pid = Number(content.split("\n")[0]);
  const identity = Number.isInteger(pid) && pid > 0 ? findProcess(pid) : null;
  if (identity === null || !worksIn(pid, "-D", data)) {
    await rm(pidFile, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  const stopped = await waitUntil(() => !isRunning(identity), STOP_TIMEOUT_MS);
  if (!stopped) {
    throw new ExplainedError(
      `A database server of an earlier start (process ${pid}) does not stop. End it, then start again.`,
    );
  }
}
