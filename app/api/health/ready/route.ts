import { getWebEnv } from "@/lib/platform/env";
import { checkHealth } from "@/lib/platform/health/check-health";
import { webDatabase } from "@/lib/platform/web-database";

/**
 * Whether requests can be served truly, and whether work goes on: 503 only when this process should get no requests. A
 * worker that is silent does not help by taking the portal away too; it is said in `status` and `checks`.
 */
export async function GET(): Promise<Response> {
  const health = await checkHealth(webDatabase(), getWebEnv().KYTKIN_DEMO);
  const status = health.status === "not_ready" ? 503 : 200;
  return Response.json(health, { status, headers: { "Cache-Control": "no-store" } });
}
