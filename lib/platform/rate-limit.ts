import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";

type RateLimit = { name: string; subject: string; max: number; windowSeconds: number };

/** Counts one try of `subject` under `name`; past `max` in `windowSeconds` it gives the seconds until the window ends, else null. */
export async function countRateLimit(tx: ScopedTransaction, limit: RateLimit): Promise<number | null> {
  const key = sha256(`${limit.name}:${limit.subject}`);
  const [row] = await tx.execute<{ ok: boolean }>(
    sql`select kytkin.take_rate_limit(${key}, ${limit.max}, ${limit.windowSeconds}) as ok`,
  );
  if (row?.ok) return null;
  const [end] = await tx.execute<{ seconds: number }>(sql`select kytkin.rate_limit_ends(${key}) as seconds`);
  return Math.max(end?.seconds ?? 0, 1);
}

/**
 * As `countRateLimit`, and throws `too_many_requests`, which says when the window ends. The counter is committed with the
 * caller's transaction: call it in one of its own, so that a refusal later does not undo it.
 */
export async function takeRateLimit(tx: ScopedTransaction, limit: RateLimit): Promise<void> {
  const retryAfterSeconds = await countRateLimit(tx, limit);
  if (retryAfterSeconds !== null) throw new AppError("too_many_requests", limit.name, { retryAfterSeconds });
}
