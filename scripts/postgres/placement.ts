import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { ExplainedError } from "../process/explained-error";
import { completeBinaries, findNativeFolder, postgresPath } from "./binaries";
import type { ServerUser } from "./server-user";

/** Where the server's files are. Its user can reach both folders. */
export type Placement = {
  /** Holds everything of this cluster; the cluster's own data is in `data`. */
  directory: string;
  /** The folder with `bin`, `lib` and `share`. */
  native: string;
};

/** How the name of a database's folder outside the home begins. */
export const OUTSIDE_PREFIX = "kytkin-postgres-";

function canUse(directory: string, user: ServerUser): boolean {
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1" && test -w .', "sh", directory], {
    ...user,
    cwd: "/",
  });
  return status === 0;
}

function canRun(native: string, user: ServerUser): boolean {
  return spawnSync(postgresPath(native), ["--version"], { ...user, cwd: "/" }).status === 0;
}

/**
 * Another user cannot enter what lies under a closed folder such as /root or a temporary folder made for us alone; then
 * the files go to the system's place for them.
 */
export function listOtherPlaces(preferred: string): string[] {
  const isTemporary = !relative(tmpdir(), resolve(preferred)).startsWith("..");
  return [...new Set(isTemporary ? [tmpdir(), "/tmp", "/var/lib"] : ["/var/lib", tmpdir(), "/tmp"])];
}

async function giveTo(user: ServerUser, directory: string): Promise<boolean> {
  await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o700);
  return canUse(directory, user);
}

async function chooseDirectory(preferred: string, user: ServerUser): Promise<string> {
  await mkdir(preferred, { recursive: true });
  if (await giveTo(user, preferred)) return preferred;
  // Only when it is empty: what somebody put there is not ours to remove.
  await rmdir(preferred);
  const others = listOtherPlaces(preferred);
  for (const other of others) {
    // A random name: a foreseeable one in a shared folder could be somebody else's link to anywhere.
    const directory = await mkdtemp(join(other, OUTSIDE_PREFIX)).catch(() => null);
    if (directory === null) continue;
    if (await giveTo(user, directory)) return directory;
    await rm(directory, { recursive: true });
  }
  throw new ExplainedError(
    `PostgreSQL runs as its own user, and that user can enter none of: ${[preferred, ...others].join(", ")}.\n` +
      "Set KYTKIN_HOME to a folder that every user may enter.",
  );
}

/** A folder that was moved or restored may have lost what its user needs. Throws in words that say how to give it back. */
async function requireUsable(directory: string, user: ServerUser): Promise<void> {
  if (!canUse(directory, user)) {
    throw new ExplainedError(
      `The database is in ${directory}, and PostgreSQL's user (user id ${user.uid}) cannot enter or write that folder.\n` +
        `Let every user pass through the folders above it (chmod o+x), and give it back: chown -R ${user.uid}:${user.gid} ${directory}`,
    );
  }
  const data = join(directory, "data");
  if (!existsSync(data)) return;
  const { uid } = await stat(data);
  if (uid === user.uid) return;
  throw new ExplainedError(
    `The database in ${data} belongs to user id ${uid}, and PostgreSQL runs as user id ${user.uid}: a copy or a backup lost the owner.\n` +
      `Give it back: chown -R ${user.uid}:${user.gid} ${directory}`,
  );
}

async function openToUser(directory: string, user: ServerUser): Promise<void> {
  await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToUser(path, user);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

/** Copies the binaries to where the server's user can run them; once for each version. */
async function copyBinaries(native: string, directory: string, user: ServerUser): Promise<string> {
  const id = createHash("sha256").update(native).digest("hex").slice(0, 8);
  const copy = join(directory, `binaries-${id}`);
  if (existsSync(copy) && canRun(copy, user)) return copy;
  const unfinished = `${copy}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(copy, { recursive: true, force: true });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToUser(unfinished, user);
  await rename(unfinished, copy);
  if (canRun(copy, user)) return copy;
  throw new ExplainedError(`PostgreSQL's user cannot run the copy of its binaries in ${copy}.`);
}

/**
 * Finds a place for the cluster, `preferred` if it can be used by the server's user.
 * `known` is the place of an earlier start; the data is there and nowhere else.
 */
export async function place(
  preferred: string,
  known: string | null,
  user: ServerUser | null,
): Promise<Placement> {
  if (known !== null && !existsSync(known)) {
    throw new ExplainedError(
      `The database was in ${known}, and that folder is gone. \`npm run reset\` starts over.`,
    );
  }
  const native = findNativeFolder();
  await completeBinaries(native);
  if (user === null) {
    const directory = known ?? preferred;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return { directory, native };
  }
  if (known !== null) await requireUsable(known, user);
  const directory = known ?? (await chooseDirectory(preferred, user));
  return { directory, native: canRun(native, user) ? native : await copyBinaries(native, directory, user) };
}
