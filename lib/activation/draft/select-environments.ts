import { and, eq, inArray } from "drizzle-orm";
import { candidates, drafts } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { askPreflight } from "@/lib/activation/preflight/ask-preflight";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { consentOf, listConsentsOfDraft } from "./consents";
import { type DraftRow, getAcceptedSpecification, getPick } from "./queries";

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
  const consents = await listConsentsOfDraft(tx, draft.id);
  const consent = consentOf(consents, new Date());
  if (consent.state !== "open") throw new AppError("gone", "the consent at the vendor is not open");
  const specification = await getAcceptedSpecification(tx, draft);
  const pick = await getPick(tx, draft, consent, specification.content.cap);

  const wanted = new Set(candidateIds);
  const chosen = pick.options.filter((option) => wanted.has(option.candidateId));
  if (wanted.size === 0 || chosen.length !== wanted.size) throw new AppError("invalid_input", "candidates");
  if (chosen.length > pick.room) throw new AppError("cap_exceeded", `${chosen.length} of ${pick.room}`);
  if (chosen.some((option) => option.blocked !== null))
    throw new AppError("environment_taken", "a candidate is blocked");

  const own = consents.filter(({ userId }) => userId === viewer.userId).map(({ id }) => id);
  const isOfOther = ({ grantId }: { grantId: string }) => !own.includes(grantId);
  // What a consent covers is its giver's to choose: it is taken as it was handed over, or another one is given.
  if (pick.options.some((option) => isOfOther(option) && !wanted.has(option.candidateId)))
    throw new AppError("forbidden", "a pick of another person's consent");
  const now = new Date();
  const ofOwn = inArray(
    candidates.grantId,
    consent.grantIds.filter((id) => own.includes(id)),
  );
  await tx.update(candidates).set({ pickedAt: null }).where(ofOwn);
  await tx
    .update(candidates)
    .set({ pickedAt: now })
    .where(and(ofOwn, inArray(candidates.id, [...wanted])));
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
