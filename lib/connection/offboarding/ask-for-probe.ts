import { and, eq, isNull } from "drizzle-orm";
import { offboardings } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * The customer says that the key is revoked: it is tried now. Throws `not_found` outside the account and for a connection
 * that was not ended, and `conflict` once the matter is closed.
 */
export async function askForProbe(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const now = new Date();
  const [own] = await tx
    .select({ id: offboardings.connectionId })
    .from(offboardings)
    .where(eq(offboardings.connectionId, connectionId));
  if (!own) throw new AppError("not_found", "offboarding");
  const [asked] = await tx
    .update(offboardings)
    .set({ probeWantedAt: now, nextProbeAt: now })
    .where(and(eq(offboardings.connectionId, connectionId), isNull(offboardings.closedAt)))
    .returning({ partnerId: offboardings.partnerId });
  if (!asked) throw new AppError("conflict", "there is no key to try any more");
  await enqueueEvent(tx, "connection/offboarding.wanted", { connectionId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: asked.partnerId,
    action: "connection.probe",
    subject: { kind: "connection", id: connectionId },
  });
}
