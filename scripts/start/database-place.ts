import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { clusterVersionFile } from "../postgres/cluster";
import { listOtherPlaces, OUTSIDE_PREFIX } from "../postgres/placement";
import { ExplainedError } from "../process/explained-error";
import { type Home, readJson, writeJson } from "./home";
import { findHomeId, folderSchema, identifyFolder, isSameFolder } from "./home-mark";

const placeSchema = z.object({ directory: z.string().min(1) });

/** `kytkin-home.json` in the folder of a database: which home it belongs to. */
const clusterMarkSchema = z.object({ kytkinHome: z.uuid(), home: folderSchema });
type ClusterMark = z.infer<typeof clusterMarkSchema>;

const markFile = (directory: string): string => join(directory, "kytkin-home.json");
/** The claim of a running launcher on the folder of a database. */
export const claimFile = (directory: string): string => join(directory, "kytkin-claim.json");

/** A database that `postgres.json` was written for at once was made within this time. */
const SAME_START_MS = 2 * 60_000;

/**
 * Where the database of a home is. `none`: there was no start. `refused`: the home's file leads to a database that may be
 * another home's, or to none; `words` say what to do.
 */
export type DatabasePlace =
  | { kind: "found"; directory: string }
  | { kind: "none" }
  | { kind: "refused"; directory: string; words: string };

const found = (directory: string): DatabasePlace => ({ kind: "found", directory });

const hasCluster = (directory: string): boolean => existsSync(clusterVersionFile(directory));

/** Whether a database stands inside the home at its default place, and not behind a link that leads out of it. */
function standsInside(home: Home): boolean {
  if (!hasCluster(home.postgres)) return false;
  return realpathSync(home.postgres) === join(realpathSync(home.directory), "postgres");
}

/** The directory that the home's file names; null when there is no file. Inside the home it is relative, once it was not. */
function readRecorded(home: Home): string | null {
  const json = readJson(home.files.postgres);
  if (json === null) return null;
  const place = placeSchema.safeParse(json);
  if (place.success) return resolve(home.directory, place.data.directory);
  throw new ExplainedError(
    `${home.files.postgres} is damaged: it does not say where the database is. Restore it from a backup, or remove it: ` +
      "the next start looks for the database that is marked as this home's.",
  );
}

function readMark(directory: string): ClusterMark | null {
  const json = readJson(markFile(directory));
  if (json === null) return null;
  const mark = clusterMarkSchema.safeParse(json);
  if (mark.success) return mark.data;
  throw new ExplainedError(
    `${markFile(directory)} is damaged, so that it cannot be told whose database this is. Restore it from a backup.`,
  );
}

/** A home that was renamed, or restored at its old path, has its id still; one that lost its mark is the same folder. */
function isMarkedFor(mark: ClusterMark, home: Home): boolean {
  const now = identifyFolder(home.directory);
  if (mark.kytkinHome === findHomeId(home)) return isSameFolder(mark.home, now);
  return mark.home.path === now.path && mark.home.device === now.device && mark.home.inode === now.inode;
}

/**
 * Whether a database outside the home was made by this home before there were marks: right after it, `postgres.json` was
 * made. The file of a copied home was made later, whatever time it shows as that of its last change.
 */
function wasMadeTogether(home: Home, directory: string): boolean {
  if (readUnmarkedOwner(directory) !== null || !existsSync(home.files.postgres)) return false;
  const { birthtimeMs } = statSync(home.files.postgres);
  const sinceMs = birthtimeMs - statSync(clusterVersionFile(directory)).mtimeMs;
  return birthtimeMs > 0 && sinceMs >= 0 && sinceMs < SAME_START_MS;
}

/** The home that a folder named `postgres` stands in, when it looks like one. */
function readUnmarkedOwner(directory: string): string | null {
  const parent = dirname(directory);
  return existsSync(join(parent, "ports.json")) || existsSync(join(parent, "home.json")) ? parent : null;
}

function refuse(home: Home, directory: string, owner: string | null): DatabasePlace {
  const whose =
    owner === null
      ? `and nothing there shows that it belongs to ${home.directory}`
      : `which belongs to ${owner}`;
  const words =
    `${home.files.postgres} leads to the database in ${directory}, ${whose}. Is ${home.directory} a copy or a restored backup? Then its database did not come along.\n` +
    `Nothing was touched. Start Kytkin from the folder that the database belongs to; or take it for this folder, when no other one needs it: KYTKIN_ADOPT_DATABASE=${directory} npm start\n` +
    "`npm run reset` removes this folder and leaves that database alone.";
  return { kind: "refused", directory, words };
}

/** A database that is marked for this home, when the file that says where it is was lost. */
function findMarked(home: Home): DatabasePlace {
  for (const place of listOtherPlaces(home.postgres)) {
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      const directory = join(place, name);
      if (!name.startsWith(OUTSIDE_PREFIX) || !existsSync(markFile(directory))) continue;
      const mark = readMark(directory);
      // In a folder that every user may write to, only the id is no guess.
      if (mark?.kytkinHome === findHomeId(home) && isSameFolder(mark.home, identifyFolder(home.directory)))
        return found(directory);
    }
  }
  return { kind: "none" };
}

function judgeOutside(home: Home, directory: string): DatabasePlace {
  const mark = readMark(directory);
  if (mark !== null && isMarkedFor(mark, home)) return found(directory);
  // Of a copied or renamed home: the file still names the place where the database was, and the copy brought its own along.
  if (standsInside(home)) return found(home.postgres);
  if (mark !== null) return refuse(home, directory, mark.home.path);
  if (wasMadeTogether(home, directory)) return found(directory);
  return refuse(home, directory, readUnmarkedOwner(directory));
}

/** Looks where the database of a home is, and touches nothing. Throws in words when a file that says so is damaged. */
export function findDatabasePlace(home: Home): DatabasePlace {
  const recorded = readRecorded(home);
  const isOutside = recorded !== null && relative(home.postgres, recorded) !== "";
  if (isOutside && hasCluster(recorded)) return judgeOutside(home, recorded);
  if (standsInside(home)) return found(home.postgres);
  // A link that leads out of the home is a place outside.
  if (hasCluster(home.postgres)) return judgeOutside(home, realpathSync(home.postgres));
  if (recorded === null) return findMarked(home);
  return {
    kind: "refused",
    directory: recorded,
    words: `The database was in ${recorded}, and that folder is gone. Bring it back, or start over with \`npm run reset\`.`,
  };
}

/**
 * The folder of a home's database; null before the first start. Throws in words when it may be another home's, unless
 * `adopted` names that very folder.
 */
export function requireDatabasePlace(home: Home, adopted?: string): string | null {
  const place = findDatabasePlace(home);
  if (place.kind === "found") return place.directory;
  if (place.kind === "none") return null;
  const isAdopted = adopted !== undefined && adopted !== "" && resolve(adopted) === place.directory;
  if (isAdopted && hasCluster(place.directory)) return place.directory;
  throw new ExplainedError(place.words);
}

/** Whether the folder of a database outside the home says that it is this home's: only then may it be removed. */
export function isMarkedDatabase(home: Home, directory: string): boolean {
  const mark = readMark(directory);
  return mark !== null && isMarkedFor(mark, home);
}

/** Writes down, in the home and beside the database, that the two belong together. */
export async function markDatabase(home: Home, directory: string): Promise<void> {
  const id = findHomeId(home);
  if (id === null) throw new Error("the home has no mark");
  const isInside = !relative(home.directory, directory).startsWith("..");
  const place = { directory: isInside ? relative(home.directory, directory) : directory };
  const mark: ClusterMark = { kytkinHome: id, home: identifyFolder(home.directory) };
  const file = markFile(directory);
  if (JSON.stringify(readJson(file)) !== JSON.stringify(mark)) await writeJson(file, mark);
  if (JSON.stringify(readJson(home.files.postgres)) !== JSON.stringify(place))
    await writeJson(home.files.postgres, place);
}
