import { eq, sql } from "drizzle-orm";
import { grants } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** A fresh confirmation token for the mail to the initiator. Only its hash is kept; an earlier one ends. */
export async function mintConfirmToken(tx: SystemTransaction, grantId: string): Promise<string> {
  const token = randomToken();
  await tx
    .update(grants)
    .set({ confirmTokenHash: sha256(token) })
    .where(eq(grants.id, grantId));
  return token;
}

/** What the initiator is about to confirm, or null when the link is used, unknown or too old. */
export async function findConfirmation(
  tx: ScopedTransaction<"public">,
  token: string,
): Promise<{ maskedEmail: string } | null> {
  const [row] = await tx.execute<{ initiator_masked: string }>(
    sql`select initiator_masked from kytkin.confirmation_preview(${sha256(token)})`,
  );
  return row ? { maskedEmail: row.initiator_masked } : null;
}

/** The initiator says that the waiting person may go on with the request. One-time; throws `not_found` otherwise. */
export async function confirmInitiator(tx: ScopedTransaction<"public">, token: string): Promise<void> {
  const [row] = await tx.execute<{ ok: boolean }>(
    sql`select kytkin.confirm_initiator(${sha256(token)}) as ok`,
  );
  if (!row?.ok) throw new AppError("not_found", "confirmation");
  await writeAudit(tx, {
    actor: { kind: "visitor" },
    action: "grant.initiator_confirm",
    subject: { kind: "grant" },
  });
}
