import { assertSafeLogin } from "@/db/scope";
import { log } from "@/lib/log";
import { webDatabase } from "@/lib/web-database";
import { measureClock } from "@/lib/worker-process/measure-clock";
import { judgeClock } from "@/lib/worker-process/rules";

const NO_STORE = { "Cache-Control": "no-store" };
const notReady = (because: object): Response =>
  Response.json({ status: "not_ready", ...because }, { status: 503, headers: NO_STORE });

/**
 * Whether requests can be served: the database answers, by a login that row-level security binds, and its clock and ours agree.
 * `clockOffsetMs`: by how much ours is behind.
 */
export async function GET(): Promise<Response> {
  try {
    const database = webDatabase();
    await assertSafeLogin(database);
    const clockOffsetMs = await measureClock(database);
    const verdict = judgeClock(clockOffsetMs);
    if (verdict !== "fine") log.warn({ clockOffsetMs }, "this machine's clock is off the database's");
    if (verdict === "unfit") return notReady({ clockOffsetMs });
    return Response.json({ status: "ready", clockOffsetMs }, { headers: NO_STORE });
  } catch (error) {
    log.error({ err: error }, "not ready");
    return notReady({});
  }
}
