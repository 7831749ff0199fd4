import { and, eq, lt } from "drizzle-orm";
import { pastedKeys } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { endCheck } from "./end-check";

/** Longer than any worker is restarted for; nobody waits at the page any more. */
const CHECK_LASTS_MS = 60 * 60_000;

/** A key that nobody came to look at is not kept: its customer pastes it again. Returns how many were forgotten. */
export async function forgetPastedKeys(tx: SystemTransaction, now: Date): Promise<number> {
  const left = await tx
    .select()
    .from(pastedKeys)
    .where(
      and(
        eq(pastedKeys.state, "checking"),
        lt(pastedKeys.createdAt, new Date(now.getTime() - CHECK_LASTS_MS)),
      ),
    );
  for (const pasted of left) await endCheck(tx, { pasted }, { state: "refused", refusal: "not_checked" });
  return left.length;
}
