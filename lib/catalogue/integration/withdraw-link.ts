import { and, eq, isNull } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** From now on the link says that it was withdrawn. Throws `not_found` when it is unknown or was withdrawn before. */
export async function withdrawLink(context: WorkerContext, address: string): Promise<void> {
  const token = address.replace(/^.*\/a\//, "").replace(/[/?#].*$/, "");
  await asSystem(context, "withdraw link", async (tx) => {
    const [row] = await tx
      .update(activationLinks)
      .set({ withdrawnAt: new Date() })
      .where(and(eq(activationLinks.tokenHash, sha256(token)), isNull(activationLinks.withdrawnAt)))
      .returning({ id: activationLinks.id, partnerId: activationLinks.partnerId });
    if (!row) throw new AppError("not_found", "there is no such link, or it was withdrawn before");
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId: row.partnerId,
      action: "link.withdraw",
      subject: { kind: "activation_link", id: row.id },
    });
  });
}
