import type { IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { withScope } from "@/db/scope";
import { equalsInConstantTime } from "@/lib/core/hash";
import { type Metric, writeMetrics } from "@/lib/platform/health/metrics-text";
import type { RouteAnswer } from "./route";
import type { GatewayFigures } from "./serve-gateway";

const newestMigration = Math.max(...journal.entries.map(({ when }) => when));

/**
 * `/health`: the process lives. `/health/ready`: the database answers the gateway's login, its migrations are those of this
 * release, and a worker runs that mints tokens. `/metrics`: counts, with the installation's token.
 */
export function answerGatewayHealth(database: Database, metricsToken: string | undefined) {
  return async (
    path: string,
    request: IncomingMessage,
    figures: GatewayFigures,
  ): Promise<RouteAnswer | null> => {
    if (path === "/health") return { status: 200, body: { status: "ok" } };
    if (path === "/health/ready") {
      const checks = await readChecks(database);
      const isReady = Object.values(checks).every((check) => check === "ok");
      return {
        status: isReady ? 200 : 503,
        body: { status: isReady ? "ready" : "not_ready", checks },
      };
    }
    if (path !== "/metrics" || !metricsToken) return null;
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!equalsInConstantTime(given, metricsToken)) return { status: 401, body: null };
    const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };
    return { status: 200, headers, body: writeMetrics(toMetrics(figures)) };
  };
}

type Check = "ok" | "failed" | "unknown";

async function readChecks(database: Database): Promise<Record<"database" | "migrations" | "worker", Check>> {
  try {
    const [row] = await withScope(database, { kind: "gateway" }, (tx) =>
      tx.execute<{ migrated_at: number | null; live_workers: number }>(
        sql`select migrated_at, live_workers from kytkin.health()`,
      ),
    );
    const check = (isOk: boolean): Check => (isOk ? "ok" : "failed");
    return {
      database: "ok",
      migrations: check((row?.migrated_at ?? 0) >= newestMigration),
      worker: check((row?.live_workers ?? 0) > 0),
    };
  } catch {
    return { database: "failed", migrations: "unknown", worker: "unknown" };
  }
}

function toMetrics({ inFlight, droppedLines, answers }: GatewayFigures): Metric[] {
  return [
    {
      name: "kytkin_gateway_in_flight",
      help: "Calls that are on their way.",
      samples: [{ labels: {}, value: inFlight }],
    },
    {
      name: "kytkin_gateway_answers_total",
      help: "Answers by who gave them and their status.",
      isCounter: true,
      samples: [...answers].map(([key, value]) => {
        const [by = "", status = ""] = key.split(" ");
        return { labels: { by, status }, value };
      }),
    },
    {
      name: "kytkin_gateway_dropped_lines_total",
      help: "Lines of the call log that were dropped while the database was away.",
      isCounter: true,
      samples: [{ labels: {}, value: droppedLines }],
    },
  ];
}
