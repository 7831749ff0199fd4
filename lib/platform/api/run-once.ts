import { and, eq, sql } from "drizzle-orm";
import { idempotencyKeys } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { ApiProblem } from "./api-problem";

export type Once = { key: string; method: string; path: string; body: string };
export type Outcome = { status: number; answer: unknown };

const KEPT_MS = 7 * 24 * 3600 * 1000;

/** The key of an `Idempotency-Key` header, a quoted string or the bare text. Throws `invalid_input`. */
export function readIdempotencyKey(header: string | null): string | null {
  if (header === null) return null;
  const [, quoted, bare] =
    /^(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21-\x7e]{1,255}))$/.exec(header) ?? [];
  const key = quoted ?? bare;
  if (key === undefined)
    throw new AppError("invalid_input", "Idempotency-Key has to be 1 to 255 printable ASCII characters");
  return key;
}

/**
 * Runs `work` once for a key, bound to partner, stage, method and path, and keeps its answer in the same transaction for
 * seven days; a call that fails keeps nothing and may be repeated. `secretField` of the answer is not kept. Throws
 * `idempotency_conflict` while the first call runs, and `idempotency_mismatch` for another body.
 */
export async function runOnce(
  tx: ScopedTransaction<"partner" | "gateway">,
  { partnerId, stage }: { partnerId: string; stage: string },
  { key, method, path, body }: Once,
  secretField: string | undefined,
  work: () => Promise<Outcome>,
): Promise<Outcome & { isReplayed: boolean }> {
  const name = JSON.stringify([partnerId, stage, method, path, key]);
  const [lock] = await tx.execute<{ isMine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as "isMine"`,
  );
  if (!lock?.isMine)
    throw new ApiProblem("idempotency_conflict", "the first call with this key is still running", {
      "Retry-After": "1",
    });
  const isKey = and(
    eq(idempotencyKeys.partnerId, partnerId),
    eq(idempotencyKeys.stage, stage),
    eq(idempotencyKeys.method, method),
    eq(idempotencyKeys.path, path),
    eq(idempotencyKeys.key, key),
  );
  const [kept] = await tx.select().from(idempotencyKeys).where(isKey);
  const bodyHash = sha256(body);
  if (kept && kept.createdAt.getTime() > Date.now() - KEPT_MS) {
    if (kept.bodyHash !== bodyHash)
      throw new ApiProblem("idempotency_mismatch", "this key was used with another body");
    return { status: kept.status, answer: kept.answer, isReplayed: true };
  }
  if (kept) await tx.delete(idempotencyKeys).where(isKey);
  const outcome = await work();
  await tx.insert(idempotencyKeys).values({
    partnerId,
    stage,
    method,
    path,
    key,
    bodyHash,
    status: outcome.status,
    answer: withoutSecret(outcome.answer, secretField),
  });
  return { ...outcome, isReplayed: false };
}

function withoutSecret(answer: unknown, field: string | undefined): unknown {
  return field !== undefined && typeof answer === "object" && answer !== null
    ? { ...answer, [field]: null }
    : (answer ?? null);
}
