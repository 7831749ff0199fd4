import { getWebEnv, type WebEnv } from "./env";
import { log } from "./log";
import { assertPublicUrl } from "./production-ready";

/** Something in front of us speaks https; uncounted, all visitors would share the limits of its one address. */
function assertProxiesCounted(env: Pick<WebEnv, "KYTKIN_PUBLIC_URL" | "KYTKIN_TRUSTED_PROXIES">): void {
  if (env.KYTKIN_PUBLIC_URL.startsWith("https:") && env.KYTKIN_TRUSTED_PROXIES === 0) {
    throw new Error(
      "KYTKIN_TRUSTED_PROXIES has to say how many proxies stand in front of the web app; with https at least 1.",
    );
  }
}

/**
 * Ends the process when its settings are not fit: better no portal than one that looks like it works. The database's
 * login is checked by `/api/health/ready`, since the database may start later than we do.
 */
export async function assertWebReady(): Promise<void> {
  try {
    const env = getWebEnv();
    assertPublicUrl(env);
    assertProxiesCounted(env);
  } catch (error) {
    log.fatal({ err: error }, "the web app refuses to start");
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
