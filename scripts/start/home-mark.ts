import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { chmod, mkdir, stat } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { ExplainedError } from "../process/explained-error";
import { type Home, readJson, writeJson } from "./home";

/** Which folder a path leads to. A rename keeps device and inode; a copy keeps neither. */
export const folderSchema = z.object({ path: z.string(), device: z.number(), inode: z.number() });
export type Folder = z.infer<typeof folderSchema>;

/** `home.json`: this folder is a home of Kytkin's. A copy of the home carries the same id. */
const homeMarkSchema = z.object({ kytkinHome: z.uuid() });

export function identifyFolder(directory: string): Folder {
  const path = realpathSync(directory);
  const { dev, ino } = statSync(path);
  return { path, device: dev, inode: ino };
}

const isSameInode = (one: Folder, other: Folder): boolean =>
  one.device === other.device && one.inode === other.inode;

/** Whether a folder that was written down is this one: at the same path still, or renamed since. */
export const isSameFolder = (known: Folder, now: Folder): boolean =>
  known.path === now.path || isSameInode(known, now);

/** The id of a home; null when the folder has no mark. Throws in words when the mark is damaged. */
export function findHomeId(home: Pick<Home, "files">): string | null {
  const json = readJson(home.files.mark);
  if (json === null) return null;
  const mark = homeMarkSchema.safeParse(json);
  if (mark.success) return mark.data.kytkinHome;
  throw new ExplainedError(
    `${home.files.mark} is damaged. Remove that file, and the next start marks the folder again.`,
  );
}

/** Whether the home's own programs made an entry of it; also a file that a start was killed at while it wrote it. */
export function isOwnEntry({ directory: _, files, ...folders }: Home, entry: string): boolean {
  const own = [...Object.values(files), ...Object.values(folders)].map((path) => basename(path));
  return own.some((name) => entry === name || (entry.startsWith(`${name}.`) && entry.endsWith(".new")));
}

/** What is in the folder and is not Kytkin's. A disk that is mounted there brings its own `lost+found`. */
export function listForeignEntries(home: Home): string[] {
  return readdirSync(home.directory).filter((entry) => !isOwnEntry(home, entry) && entry !== "lost+found");
}

/** Starts wrote no mark once; they wrote these two first, in these shapes. */
function looksLikeUnmarkedHome(home: Home): boolean {
  if (!existsSync(home.files.ports) && !existsSync(home.files.run)) return false;
  const ports = z.record(z.string(), z.int()).safeParse(readJson(home.files.ports) ?? {});
  const secrets = z
    .looseObject({ postgresAdminPassword: z.string() })
    .safeParse(readJson(home.files.secrets));
  return (ports.success && secrets.success) || listForeignEntries(home).length === 0;
}

/** Whether a folder that exists is a home: marked, or made before there were marks. */
export function isHome(home: Home): boolean {
  return findHomeId(home) !== null || looksLikeUnmarkedHome(home);
}

async function ensureMark(home: Home): Promise<void> {
  if (findHomeId(home) !== null) return;
  const [foreign] = listForeignEntries(home);
  if (foreign !== undefined && !looksLikeUnmarkedHome(home)) {
    throw new ExplainedError(
      `${home.directory} holds what is not Kytkin's (${foreign}, for one). Nothing in it was touched.\n` +
        "Set KYTKIN_HOME to an empty folder, or to one that does not exist yet.",
    );
  }
  await writeJson(home.files.mark, { kytkinHome: randomUUID() });
}

/** Makes the home and its folders. Throws in words when the folder is another user's, or is used for something else. */
export async function prepareHome(home: Home): Promise<void> {
  await mkdir(home.directory, { recursive: true });
  const { uid } = await stat(home.directory);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me) {
    throw new ExplainedError(
      `${home.directory} belongs to another user (user id ${uid}): Kytkin was started by that user before.\n` +
        "Start it as that user, or set KYTKIN_HOME to a folder of your own.",
    );
  }
  await ensureMark(home);
  // Others may pass through to what is theirs (as root, the database's user), and list nothing.
  await chmod(home.directory, 0o711);
  for (const folder of [home.logs, home.mail, home.sandbox])
    await mkdir(folder, { recursive: true, mode: 0o700 });
}
