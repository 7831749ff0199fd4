import { and, eq, isNull } from "drizzle-orm";
import { requestGuests } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listOpenConsents } from "@/lib/activation/draft/list-open-consents";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * Takes a request back from a guest: from the next statement on the guest finds nothing, and a consent that the guest has
 * open for it is given back to the vendor. What was submitted goes on. Throws `conflict` when it was taken back before.
 */
export async function takeBackRequest(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  guestId: string,
): Promise<void> {
  const [guest] = await tx
    .update(requestGuests)
    .set({ endedAt: new Date() })
    .where(and(eq(requestGuests.id, guestId), isNull(requestGuests.endedAt)))
    .returning({ userId: requestGuests.userId, draftId: requestGuests.draftId });
  if (!guest) throw new AppError("conflict", "guest");
  for (const { grantId, userId } of await listOpenConsents(tx, guest.draftId))
    if (userId === guest.userId) await enqueueEvent(tx, "grant/release.wanted", { grantId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "draft.take_back",
    subject: { kind: "draft", id: guest.draftId },
    detail: { guest: guest.userId },
  });
}
