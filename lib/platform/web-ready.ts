import { withScope } from "@/db/scope";
import { getWebEnv, type WebEnv } from "./env";
import { type DemoTrace, listDemoTraces } from "./health/demo-traces";
import { log } from "./log";
import { assertNoDemoTraces, assertRealSettings } from "./production-ready";
import { webDatabase } from "./web-database";

/** Something in front of us speaks https; uncounted, all visitors would share the limits of its one address. */
function assertProxiesCounted(env: Pick<WebEnv, "KYTKIN_PUBLIC_URL" | "KYTKIN_TRUSTED_PROXIES">): void {
  if (env.KYTKIN_PUBLIC_URL.startsWith("https:") && env.KYTKIN_TRUSTED_PROXIES === 0) {
    throw new Error(
      "KYTKIN_TRUSTED_PROXIES has to say how many proxies stand in front of the web app; with https at least 1.",
    );
  }
}

/** None when the database cannot be asked yet: it may start later than we do, and readiness asks again. */
async function findDemoTraces(): Promise<DemoTrace[]> {
  try {
    return await withScope(webDatabase(), { kind: "auth" }, listDemoTraces);
  } catch (error) {
    log.warn({ err: error }, "the database cannot be asked yet");
    return [];
  }
}

/** Throws with what to do when this process's settings, or the data it would serve, are not fit. */
export async function assertFit(env: WebEnv): Promise<void> {
  assertRealSettings(env);
  assertProxiesCounted(env);
  if (!env.KYTKIN_DEMO) assertNoDemoTraces(await findDemoTraces());
}

/**
 * Ends the process when it is not fit: better no portal than one that looks like it works. The database's login and
 * migrations are checked by `/api/health/ready`.
 */
export async function assertWebReady(): Promise<void> {
  try {
    await assertFit(getWebEnv());
  } catch (error) {
    log.fatal({ err: error }, "the web app refuses to start");
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
