import { randomBytes } from "node:crypto";
import { constants, copyFile, link, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Child } from "../process/child";
import { ExplainedError } from "../process/explained-error";
import { findProcess, isRunning, type ProcessIdentity, writesTo } from "../process/identity";
import { waitUntil } from "../process/wait-until";
import { type Home, logFile, readJson, writeJson } from "./home";
import { type Folder, folderSchema, identifyFolder, isSameFolder } from "./home-mark";

const STOP_TIMEOUT_MS = 20_000;

const identitySchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
const runSchema = z.object({
  launcher: identitySchema,
  /** The home that these processes serve. Starts did not write it once. */
  home: folderSchema.optional(),
  /** The signals are those of the child's specification. */
  children: z.array(identitySchema.extend({ name: z.string(), stopSignal: z.enum(["SIGTERM", "SIGINT"]) })),
});
type Run = z.infer<typeof runSchema>;
type RunningChild = Run["children"][number];

function readRun(home: Home): Run | null {
  const json = readJson(home.files.run);
  if (json === null) return null;
  const run = runSchema.safeParse(json);
  if (run.success) return run.data;
  throw new ExplainedError(
    `${home.files.run} is damaged. If nothing runs from ${home.directory}, remove that file.`,
  );
}

function refuseSecond(directory: string, { pid }: ProcessIdentity): ExplainedError {
  return new ExplainedError(
    `Kytkin already runs from ${directory} (process ${pid}).\n` +
      `Stop it with Ctrl-C in its terminal, or with: kill ${pid}`,
  );
}

/** A copy of a home whose product ran holds files of different moments, and names processes that serve the other home. */
function refuseCopy(home: Home, from: Folder): ExplainedError {
  return new ExplainedError(
    `${home.directory} is a copy of ${from.path} that was made while Kytkin ran there: its database may not be whole.\n` +
      "Stop Kytkin there and copy the folder again. To use this copy as it is, a snapshot of the whole disk for example, " +
      `remove ${home.files.run}.`,
  );
}

/** The run that the home's file tells of; null when there is none. Throws in words when it is another home's, or goes on. */
function readEndedRun(home: Home): Run | null {
  const run = readRun(home);
  if (run === null) return null;
  if (run.home && !isSameFolder(run.home, identifyFolder(home.directory))) throw refuseCopy(home, run.home);
  if (isRunning(run.launcher)) throw refuseSecond(run.home?.path ?? home.directory, run.launcher);
  return run;
}

/** Throws in words when a launcher runs from this home. Touches nothing. */
export function requireIdle(home: Home): void {
  readEndedRun(home);
}

/** A file of a copied home, written before homes were named in it, tells of the other home's processes. */
function requireOwn(home: Home, run: Run, alive: readonly RunningChild[]): void {
  if (run.home) return;
  const strangers = alive.filter(({ pid, name }) => !writesTo(pid, logFile(home, name)));
  if (strangers.length === 0) return;
  const list = strangers.map(({ pid, name }) => `${name} (process ${pid})`).join(", ");
  throw new ExplainedError(
    `An earlier start left running: ${list}. They may serve another folder that this one was copied from, so they were not stopped.\n` +
      `If they do, remove ${home.files.run}. If they are this folder's, end them: kill ${strangers.map(({ pid }) => pid).join(" ")}`,
  );
}

async function stopLeftovers(home: Home, run: Run): Promise<string[]> {
  const alive = run.children.filter(isRunning);
  requireOwn(home, run, alive);
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
  const run = readEndedRun(home);
  if (run === null) return [];
  const stopped = await stopLeftovers(home, run);
  await rm(home.files.run, { force: true });
  return stopped;
}

const WITHOUT_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Not every file system knows links; a copy that must not replace a file is as good but for its last moment. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!WITHOUT_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Writes a file that must not be there; false when it is, since another process was faster. */
async function createJson(file: string, value: unknown): Promise<boolean> {
  const own = `${file}.${randomBytes(4).toString("hex")}.new`;
  await writeJson(own, value);
  try {
    await linkOrCopy(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

function identifyLauncher(): ProcessIdentity {
  const launcher = findProcess(process.pid);
  if (launcher === null) throw new Error("this process is not listed");
  return launcher;
}

export type Claim = {
  /** Writes down which children run, for whoever comes after us. */
  record(children: readonly Child[]): void;
  release(): Promise<void>;
};

/** Takes the home for this process; of two that ask at once the second is refused in words. */
export async function claimHome(home: Home): Promise<Claim> {
  const launcher = identifyLauncher();
  const folder = identifyFolder(home.directory);
  if (!(await createJson(home.files.run, { launcher, home: folder, children: [] })))
    throw refuseSecond(home.directory, readRun(home)?.launcher ?? launcher);
  let writing = Promise.resolve();
  const describe = (child: Child) => {
    const identity = findProcess(child.pid);
    return identity ? [{ ...identity, name: child.spec.name, stopSignal: child.spec.stopSignal }] : [];
  };
  return {
    record: (children) => {
      const run = { launcher, home: folder, children: children.flatMap(describe) };
      // One after the other, so that the last written is the last known.
      writing = writing.then(() => writeJson(home.files.run, run)).catch(() => {});
    },
    release: async () => {
      await writing;
      await rm(home.files.run, { force: true });
    },
  };
}

const folderClaimSchema = z.object({ launcher: identitySchema, home: z.string(), folder: folderSchema });

/** The running launcher that has a folder. A claim that came along with a copy is of the folder that was copied. */
function findHolder(file: string): { launcher: ProcessIdentity; home: string } | null {
  const claim = folderClaimSchema.safeParse(readJson(file)).data;
  if (!claim || !isRunning(claim.launcher)) return null;
  return isSameFolder(claim.folder, identifyFolder(dirname(file))) ? claim : null;
}

/** Throws in words when a launcher that runs has the folder that `file` is the claim of. Touches nothing. */
export function requireUnclaimed(file: string): void {
  const holder = findHolder(file);
  if (holder !== null) throw refuseSecond(holder.home, holder.launcher);
}

/**
 * Takes a folder that two homes may lead to, by a link for example. `file` is the claim's file in it. Throws in words when
 * a launcher that runs has it.
 */
export async function claimFolder(file: string, home: Home): Promise<() => Promise<void>> {
  const claim = {
    launcher: identifyLauncher(),
    home: home.directory,
    folder: identifyFolder(dirname(file)),
  };
  while (!(await createJson(file, claim))) {
    requireUnclaimed(file);
    await rm(file, { force: true });
  }
  return () => rm(file, { force: true });
}
