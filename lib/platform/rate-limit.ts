import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";

/**
 * Counts one try of `subject` under `name` and throws `too_many_requests` past `max` in `windowSeconds`. The counter
 * is committed with the caller's transaction: call it in one of its own, so that a refusal later does not undo it.
 */
export async function takeRateLimit(
  tx: ScopedTransaction,
  limit: { name: string; subject: string; max: number; windowSeconds: number },
): Promise<void> {
  const key = sha256(`${limit.name}:${limit.subject}`);
  const [row] = await tx.execute<{ ok: boolean }>(
    sql`select kytkin.take_rate_limit(${key}, ${limit.max}, ${limit.windowSeconds}) as ok`,
  );
  if (!row?.ok) throw new AppError("too_many_requests", limit.name);
}
