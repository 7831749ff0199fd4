import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/**
 * Gives the old address back to whoever has its mailbox, and ends every session and every change that came after. Nobody
 * has to be signed in: the one who is may be the thief. Throws `gone` when the link is used, ended or too old, and `conflict` while a new account has the address.
 */
export async function undoEmailChange(tx: ScopedTransaction<"public">, token: string): Promise<void> {
  const [row] = await tx.execute<{ outcome: "done" | "taken" | "unknown" }>(
    sql`select kytkin.undo_email_change(${sha256(token)}) as outcome`,
  );
  if (row?.outcome === "taken") throw new AppError("conflict", "the address has an account");
  if (row?.outcome !== "done") throw new AppError("gone", "email change");
  await writeAudit(tx, {
    actor: { kind: "visitor" },
    action: "email.change_undo",
    subject: { kind: "email_change" },
  });
}
