import type { Database } from "@/db/client";

const SAMPLES = 5;

/**
 * By how many milliseconds this machine's clock is behind the database's; negative when it is ahead. Of a few questions the
 * quickest answer counts; the error is at most half of its way there and back.
 */
export async function measureClock({ sql }: Pick<Database, "sql">, now = Date.now): Promise<number> {
  let best = { wayMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let sample = 0; sample < SAMPLES; sample++) {
    const askedAt = now();
    const [row] = await sql<
      { ms: number }[]
    >`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`;
    const wayMs = now() - askedAt;
    if (row && wayMs < best.wayMs) best = { wayMs, offsetMs: row.ms - (askedAt + wayMs / 2) };
  }
  return Math.round(best.offsetMs);
}
