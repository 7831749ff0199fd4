import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { clearLeftoverServer } from "../postgres/leftover-server";
import { ExplainedError } from "../process/explained-error";
import { clearHome, requireIdle, requireUnclaimed } from "./claim";
import { claimFile, findDatabasePlace, isMarkedDatabase } from "./database-place";
import type { Home } from "./home";
import { isHome, isOwnEntry, listForeignEntries } from "./home-mark";

export type Removal = {
  /** Every folder that is removed with all that is in it, the home's own entries aside. */
  folders: string[];
  /** What stays, with the reason, in words. */
  left: string[];
};

const isInside = (home: Home, folder: string): boolean => !relative(home.directory, folder).startsWith("..");

function planDatabase(home: Home): { folder: string | null; left: string[] } {
  try {
    const place = findDatabasePlace(home);
    if (
      place.kind === "found" &&
      (isInside(home, place.directory) || isMarkedDatabase(home, place.directory))
    )
      return { folder: place.directory, left: [] };
    if (place.kind === "none" || !existsSync(place.directory)) return { folder: null, left: [] };
    return {
      folder: null,
      left: [`${place.directory}: nothing shows that this database belongs to ${home.directory}.`],
    };
  } catch (error) {
    if (error instanceof ExplainedError) return { folder: null, left: [error.message] };
    throw error;
  }
}

/** What `removeHome` is going to remove and to leave. Touches nothing. Throws in words when the folder is no home, or is in use. */
export function planRemoval(home: Home): Removal {
  if (!isHome(home)) {
    throw new ExplainedError(
      `${home.directory} does not look like a folder of Kytkin's; nothing was removed.`,
    );
  }
  requireIdle(home);
  const { folder, left } = planDatabase(home);
  const isOutside = folder !== null && !isInside(home, folder);
  const foreign = listForeignEntries(home).map((entry) => `${join(home.directory, entry)}: not Kytkin's.`);
  return {
    folders: [home.directory, ...(isOutside ? [folder] : [])],
    left: [...left, ...foreign],
  };
}

async function removeEntries(home: Home): Promise<void> {
  const root = realpathSync(home.directory);
  const own = readdirSync(root).filter((entry) => isOwnEntry(home, entry));
  const mark = basename(home.files.mark);
  for (const entry of own) if (entry !== mark) await rm(join(root, entry), { recursive: true, force: true });
  // The mark goes last, and only when nothing is left: what a failure leaves is still known as a home.
  if (listForeignEntries(home).length > 0) return;
  await rm(join(root, mark), { force: true });
  await rmdir(root).catch((error: NodeJS.ErrnoException) => {
    // A disk that is mounted there stays, with its `lost+found`.
    if (error.code !== "EBUSY" && error.code !== "ENOTEMPTY") throw error;
  });
  if (lstatSync(home.directory, { throwIfNoEntry: false })?.isSymbolicLink()) await rm(home.directory);
}

/**
 * Removes everything of an installation, its database outside the home included when that is marked as this home's. What
 * is not Kytkin's stays. Refuses while it runs.
 */
export async function removeHome(home: Home): Promise<void> {
  if (!existsSync(home.directory)) return;
  planRemoval(home);
  await clearHome(home);
  const { folder } = planDatabase(home);
  if (folder !== null) {
    // Asked only: on a full disk nothing can be written down, and that is when room is made.
    requireUnclaimed(claimFile(folder));
    await clearLeftoverServer(join(folder, "data"));
    await rm(folder, { recursive: true, force: true });
  }
  await removeEntries(home);
}
