import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { ConnectorError } from "@/lib/connectors/errors";
import type { Limiter } from "@/lib/connectors/types";
import { asSystem, type WorkerContext } from "@/lib/worker-context";

/** Calls are spaced a tenth wider than the vendor's limit asks, so that jitter on the way cannot bunch them over it. */
const HEADROOM = 1.1;
const MAX_WAIT_MS = 60_000;

/**
 * Spaces the calls of all processes under one key evenly: each call reserves the next slot in one statement and waits
 * for it. First come, first served.
 */
export function createLimiter(context: WorkerContext, key: string, requestsPerSecond: number): Limiter {
  const spacingMs = (1000 * HEADROOM) / requestsPerSecond;
  return {
    async take() {
      const waitMs = await asSystem(context, "vendor limit", async (tx) => {
        const [row] = await tx.execute<{ wait_ms: number }>(sql`
          insert into vendor_limits as l (key, next_at)
          values (${key}, clock_timestamp() + make_interval(secs => ${spacingMs / 1000}))
          on conflict (key) do update set
            next_at = greatest(l.next_at, clock_timestamp()) + make_interval(secs => ${spacingMs / 1000})
            where l.next_at < clock_timestamp() + make_interval(secs => ${MAX_WAIT_MS / 1000})
          returning greatest(0, extract(epoch from next_at - clock_timestamp()) * 1000 - ${spacingMs})::float8 as wait_ms`);
        return row?.wait_ms ?? null;
      });
      // The queue is full: nothing was reserved, so that it can drain.
      if (waitMs === null) {
        const answer = {
          status: null,
          messages: [],
          operation: "wait for the vendor's limit",
          at: new Date().toISOString(),
        };
        throw new ConnectorError("unavailable", answer, { unsent: true });
      }
      if (waitMs > 0) await delay(waitMs);
    },
  };
}
