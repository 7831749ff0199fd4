import { rm } from "node:fs/promises";
import { z } from "zod";
import type { Child } from "../process/child";
import { ExplainedError } from "../process/explained-error";
import { findProcess, isRunning } from "../process/identity";
import { waitUntil } from "../process/wait-until";
import { type Home, readJson, writeJson } from "./home";

const STOP_TIMEOUT_MS = 20_000;

const identitySchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
const runSchema = z.object({
  launcher: identitySchema,
  /** The signals are those of the child's specification. */
  children: z.array(identitySchema.extend({ name: z.string(), stopSignal: z.enum(["SIGTERM", "SIGINT"]) })),
});
type Run = z.infer<typeof runSchema>;

function readRun(home: Home): Run | null {
  return runSchema.safeParse(readJson(home.files.run)).data ?? null;
}

async function stopLeftovers(run: Run): Promise<string[]> {
  const alive = run.children.filter(isRunning);
  // Last started, first ended: the database goes last.
  for (const child of alive.reverse()) {
    process.kill(child.pid, child.stopSignal);
    const stopped = await waitUntil(() => !isRunning(child), STOP_TIMEOUT_MS);
    if (!stopped) process.kill(-child.pid, "SIGKILL");
  }
  return alive.map((child) => child.name);
}

/**
 * Makes sure that nothing runs from this home: refuses when a launcher does, and stops the children of one that was
 * killed. Returns the names of those.
 */
export async function clearHome(home: Home): Promise<string[]> {
  const run = readRun(home);
  if (run === null) return [];
  if (isRunning(run.launcher)) {
    throw new ExplainedError(
      `Kytkin already runs from ${home.directory} (process ${run.launcher.pid}).\n` +
        `Stop it with Ctrl-C in its terminal, or with: kill ${run.launcher.pid}`,
    );
  }
  const stopped = await stopLeftovers(run);
  await rm(home.files.run, { force: true });
  return stopped;
}

export type Claim = {
  /** Writes down which children run, for whoever comes after us. */
  record(children: readonly Child[]): void;
  release(): Promise<void>;
};

/** Takes the home for this process. */
export async function claimHome(home: Home): Promise<Claim> {
  const launcher = findProcess(process.pid);
  if (launcher === null) throw new Error("this process is not listed");
  let writing = writeJson(home.files.run, { launcher, children: [] });
  await writing;
  const describe = (child: Child) => {
    const identity = findProcess(child.pid);
    return identity ? [{ ...identity, name: child.spec.name, stopSignal: child.spec.stopSignal }] : [];
  };
  return {
    record: (children) => {
      const run = { launcher, children: children.flatMap(describe) };
      // One after the other, so that the last written is the last known.
      writing = writing.then(() => writeJson(home.files.run, run)).catch(() => {});
    },
    release: async () => {
      await writing;
      await rm(home.files.run, { force: true });
    },
  };
}
