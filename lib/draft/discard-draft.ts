import { and, eq } from "drizzle-orm";
import { drafts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import { type DraftRow, findGrantOfDraft } from "./queries";

/** Gives a prepared request up. Its grant is released at the vendor in the background. */
export async function discardDraft(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  draft: DraftRow,
): Promise<void> {
  const changed = await tx
    .update(drafts)
    .set({ state: "discarded", updatedAt: new Date() })
    .where(and(eq(drafts.id, draft.id), eq(drafts.state, "open")))
    .returning({ id: drafts.id });
  if (changed.length === 0) throw new AppError("conflict", "draft");
  const grant = await findGrantOfDraft(tx, draft.id);
  if (grant?.state === "open") await enqueueEvent(tx, "grant/release.wanted", { grantId: grant.id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "draft.discard",
    subject: { kind: "draft", id: draft.id },
  });
}
