import { and, eq, isNull } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { type AuditEntry, writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

type Withdrawer = ScopedTransaction<"system"> | ScopedTransaction<"partner">;

/** From now on the link says that it was withdrawn. Throws `not_found` when it is unknown or was withdrawn before. */
export async function endLink(
  tx: Withdrawer,
  actor: AuditEntry["actor"],
  by: { id: string } | { tokenHash: string },
): Promise<void> {
  const isLink = "id" in by ? eq(activationLinks.id, by.id) : eq(activationLinks.tokenHash, by.tokenHash);
  const [row] = await tx
    .update(activationLinks)
    .set({ withdrawnAt: new Date() })
    .where(and(isLink, isNull(activationLinks.withdrawnAt)))
    .returning({ id: activationLinks.id, partnerId: activationLinks.partnerId });
  if (!row) throw new AppError("not_found", "there is no such link, or it was withdrawn before");
  const subject = { kind: "activation_link", id: row.id };
  await writeAudit(tx, { actor, partnerId: row.partnerId, action: "link.withdraw", subject });
}

/** As the operator, by the link's address or token. */
export async function withdrawLink(context: WorkerContext, address: string): Promise<void> {
  const token = address.replace(/^.*\/a\//, "").replace(/[/?#].*$/, "");
  await asSystem(context, "withdraw link", (tx) =>
    endLink(tx, { kind: "system" }, { tokenHash: sha256(token) }),
  );
}
