import { getWebEnv } from "./env";
import { log } from "./log";
import { assertPublicUrl } from "./production-ready";

/**
 * Ends the process when its settings are not fit: better no portal than one that looks like it works. The database's
 * login is checked by `/api/health/ready`, since the database may start later than we do.
 */
export async function assertWebReady(): Promise<void> {
  try {
    assertPublicUrl(getWebEnv());
  } catch (error) {
    log.fatal({ err: error }, "the web app refuses to start");
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
