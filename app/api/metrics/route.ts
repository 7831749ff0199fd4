import { getWebEnv } from "@/lib/platform/env";
import { readMetrics } from "@/lib/platform/health/read-metrics";
import { webDatabase } from "@/lib/platform/web-database";
import { hasBearerToken } from "../bearer-token";

const refuse = (status: number): Response =>
  new Response(null, { status, headers: { "Cache-Control": "no-store" } });

/** Counts for Prometheus, with the installation's token; without one set there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const token = getWebEnv().KYTKIN_METRICS_TOKEN;
  if (!token) return refuse(404);
  if (!hasBearerToken(request, token)) return refuse(401);
  return new Response(await readMetrics(webDatabase()), {
    headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" },
  });
}
