import { and, eq } from "drizzle-orm";
import { drafts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { listOpenConsents } from "./list-open-consents";

/** Gives a prepared request up; its grant is released at the vendor in the background. Throws `conflict` when it is not open. */
export async function discardDraft(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  draftId: string,
): Promise<void> {
  const [draft] = await tx
    .update(drafts)
    .set({ state: "discarded", updatedAt: new Date() })
    .where(and(eq(drafts.id, draftId), eq(drafts.state, "open")))
    .returning({ id: drafts.id, partnerId: drafts.partnerId });
  if (!draft) throw new AppError("conflict", "draft");
  for (const { grantId } of await listOpenConsents(tx, draft.id))
    await enqueueEvent(tx, "grant/release.wanted", { grantId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "draft.discard",
    subject: { kind: "draft", id: draft.id },
  });
}
