import { and, eq } from "drizzle-orm";
import { pastedKeys } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { LoadedKey } from "./load-pasted-key";
import { pastedKeyMachine } from "./rules";
import type { PastedKeyFinding, PastedKeyRefusal } from "./schema";

export type CheckOutcome =
  | { state: "accepted" }
  | {
      state: "refused";
      refusal: PastedKeyRefusal;
      finding?: PastedKeyFinding;
      vendorAnswer?: VendorAnswer | null;
    };

/** Ends the check, once: what was encrypted goes, and the record says how it ended. False when it had ended before. */
export async function endCheck(
  tx: SystemTransaction,
  { pasted }: Pick<LoadedKey, "pasted">,
  outcome: CheckOutcome,
): Promise<boolean> {
  const isRefused = outcome.state === "refused";
  const ended = await tx
    .update(pastedKeys)
    .set({
      state: pastedKeyMachine.advance("checking", isRefused ? "refuse" : "accept"),
      sealedKey: null,
      refusedBecause: isRefused ? outcome.refusal : null,
      finding: isRefused ? (outcome.finding ?? {}) : {},
      vendorAnswer: isRefused ? (outcome.vendorAnswer ?? null) : null,
      updatedAt: new Date(),
    })
    .where(and(eq(pastedKeys.id, pasted.id), eq(pastedKeys.state, "checking")))
    .returning({ id: pastedKeys.id });
  if (ended.length === 0) return false;
  await writeAudit(tx, {
    actor: { kind: "system" },
    accountId: pasted.accountId,
    action: "key.check",
    subject: { kind: "pasted_key", id: pasted.id },
    ...(isRefused ? { outcome: "refused", detail: { because: outcome.refusal } } : { outcome: "done" }),
  });
  return true;
}
