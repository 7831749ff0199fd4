import { and, eq, inArray } from "drizzle-orm";
import { candidates, drafts } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { askPreflight } from "@/lib/activation/preflight/ask-preflight";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { consentOf, type DraftRow, findGrantOfDraft, getAcceptedSpecification, getPick } from "./queries";

/**
 * Keeps what the customer ticked. Throws `invalid_input` for nothing ticked or a candidate of another grant,
 * `forbidden` for another choice than that of the person who consented and handed the draft over, `cap_exceeded` past the cap, `environment_taken` for one that cannot be picked, `gone` when the consent has expired.
 */
export async function selectEnvironments(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  candidateIds: readonly string[],
): Promise<void> {
  const grant = await findGrantOfDraft(tx, draft.id);
  const consent = consentOf(grant, new Date());
  if (consent.state !== "open") throw new AppError("gone", "the consent at the vendor is not open");
  const specification = await getAcceptedSpecification(tx, draft);
  const pick = await getPick(tx, draft, consent.grantId, specification.content.cap);

  const wanted = new Set(candidateIds);
  const chosen = pick.options.filter((option) => wanted.has(option.candidateId));
  if (wanted.size === 0 || chosen.length !== wanted.size) throw new AppError("invalid_input", "candidates");
  if (chosen.length > pick.room) throw new AppError("cap_exceeded", `${chosen.length} of ${pick.room}`);
  if (chosen.some((option) => option.blocked !== null))
    throw new AppError("environment_taken", "a candidate is blocked");

  const now = new Date();
  if (grant?.userId === viewer.userId) {
    await tx.update(candidates).set({ pickedAt: null }).where(eq(candidates.grantId, consent.grantId));
    await tx
      .update(candidates)
      .set({ pickedAt: now })
      .where(and(eq(candidates.grantId, consent.grantId), inArray(candidates.id, [...wanted])));
  } else if (chosen.length !== pick.options.length) {
    // What a consent covers is its giver's to choose: it is taken as it was handed over, or another one is given.
    throw new AppError("forbidden", "a pick of another person's consent");
  }
  await tx.update(drafts).set({ selectedAt: now, updatedAt: now }).where(eq(drafts.id, draft.id));
  await askPreflight(tx, draft);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "draft.select",
    subject: { kind: "draft", id: draft.id },
    detail: { count: chosen.length },
  });
}
