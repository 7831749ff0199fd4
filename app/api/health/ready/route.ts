import { assertSafeLogin } from "@/db/scope";
import { log } from "@/lib/log";
import { webDatabase } from "@/lib/web-database";

/** Whether requests can be served: the database answers, and by a login that row-level security binds. */
export async function GET(): Promise<Response> {
  try {
    await assertSafeLogin(webDatabase());
    return Response.json({ status: "ready" }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    log.error({ err: error }, "not ready");
    return Response.json({ status: "not_ready" }, { status: 503, headers: { "Cache-Control": "no-store" } });
  }
}
