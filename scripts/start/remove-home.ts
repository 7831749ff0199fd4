import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { ExplainedError } from "../process/explained-error";
import { clearHome } from "./claim";
import { findDatabaseFolder } from "./database";
import type { Home } from "./home";

/** Whether a folder is one of ours: every start writes its ports first. */
function isHome(home: Home): boolean {
  return existsSync(home.files.ports) || existsSync(home.files.run);
}

/** Removes everything of an installation, its database outside the home included. Refuses while it runs. */
export async function removeHome(home: Home): Promise<void> {
  if (!existsSync(home.directory)) return;
  if (!isHome(home)) {
    throw new ExplainedError(
      `${home.directory} does not look like a folder of Kytkin's; nothing was removed.`,
    );
  }
  await clearHome(home);
  const database = findDatabaseFolder(home);
  if (database !== null) await rm(database, { recursive: true, force: true });
  await rm(home.directory, { recursive: true, force: true });
}
