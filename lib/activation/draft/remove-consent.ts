import { and, eq, isNotNull } from "drizzle-orm";
import { candidates, drafts, grants } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { grantMachine } from "@/lib/activation/grant/rules";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { isOneOfSeveral, listConsentsOfDraft } from "./consents";
import type { DraftRow } from "./queries";

/**
 * Takes one of several consents out of the draft; what was issued with it is given back in the background. One that has
 * lapsed is only not asked for any more. Throws `not_found` for a consent of another draft or person, `conflict` where a
 * consent lists everything, so that another one takes its place, or where it is out already.
 */
export async function removeConsent(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  grantId: string,
): Promise<void> {
  const consents = await listConsentsOfDraft(tx, draft.id);
  const consent = consents.find(({ id, userId }) => id === grantId && userId === viewer.userId);
  if (consent === undefined) throw new AppError("not_found", "consent");
  if (!isOneOfSeveral(consent)) throw new AppError("conflict", "a consent that lists every environment");
  const now = new Date();
  const released = await tx
    .update(grants)
    .set({ state: grantMachine.advance("open", "release"), updatedAt: now })
    .where(and(eq(grants.id, grantId), eq(grants.state, "open")))
    .returning({ id: grants.id });
  const unpicked = await tx
    .update(candidates)
    .set({ pickedAt: null })
    .where(and(eq(candidates.grantId, grantId), isNotNull(candidates.pickedAt)))
    .returning({ id: candidates.id });
  if (released.length + unpicked.length === 0) throw new AppError("conflict", "taken out already");
  if (released.length > 0) await enqueueEvent(tx, "grant/release.wanted", { grantId });
  await tx.update(drafts).set({ updatedAt: now }).where(eq(drafts.id, draft.id));
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "draft.remove_consent",
    subject: { kind: "grant", id: grantId },
  });
}
