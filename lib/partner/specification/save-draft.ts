import { eq } from "drizzle-orm";
import { specificationDrafts, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listOfferedLanguages } from "@/lib/catalogue/draft/find-problems";
import { isSame } from "@/lib/catalogue/draft/merge";
import { type DraftContent, draftContent } from "@/lib/catalogue/draft/schema";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { judgeDraft } from "./draft-surroundings";
import type { OwnIntegration } from "./find-integration";
import { judgeDraftAgainstPublished } from "./judge-against-published";
import type { DraftSave, DraftState } from "./schema";
import { wantAddressChecks } from "./want-address-checks";

type Partner = ScopedTransaction<"partner">;

export type SaveOutcome =
  | ({ kind: "saved" } & DraftState)
  /** Somebody else saved since: their text, for the page to merge and its person to choose. */
  | { kind: "conflict"; content: DraftContent; revision: number; savedBy: string | null };

/**
 * Saves a draft as it is, however unfinished. Throws `forbidden`, and `not_found` when there is no draft. A save that does not
 * know the newest revision changes nothing, unless the newest is of the same page: its answer was lost on the way.
 */
export async function saveDraft(
  tx: Partner,
  member: PartnerMember,
  integration: OwnIntegration,
  { content, revision, writer, sequence }: DraftSave,
): Promise<SaveOutcome> {
  assertMay(member, "specifications.edit");
  const isOfIntegration = eq(specificationDrafts.integrationId, integration.id);
  const [row] = await tx.select().from(specificationDrafts).where(isOfIntegration).for("update");
  if (!row) throw new AppError("not_found", "draft");
  const isOwn = row.writer === writer;
  if (!isOwn && row.revision !== revision)
    return {
      kind: "conflict",
      content: draftContent.parse(row.content),
      revision: row.revision,
      savedBy: await findEmail(tx, row.savedBy),
    };
  // A save that was overtaken by a later one of its own page, or that changes nothing.
  const isOld = isOwn && sequence <= row.writerSequence;
  const kept = isOld ? draftContent.parse(row.content) : content;
  const isChange = !isOld && !isSame(row.content, content);
  const savedAt = isChange ? new Date() : row.savedAt;
  const next = isChange ? row.revision + 1 : row.revision;
  if (isChange) {
    await tx
      .update(specificationDrafts)
      .set({ content, revision: next, writer, writerSequence: sequence, savedBy: member.userId, savedAt })
      .where(isOfIntegration);
    if (row.savedBy !== member.userId || !isOwn) await auditEditing(tx, member, integration);
    await wantAddressChecks(tx, member, kept);
  }
  return { kind: "saved", ...(await stateOf(tx, integration, { content: kept, revision: next, savedAt })) };
}

/** What is told of a draft beside its text. */
export async function stateOf(
  tx: Partner,
  integration: OwnIntegration,
  { content, revision, savedAt }: { content: DraftContent; revision: number; savedAt: Date },
): Promise<DraftState> {
  const { problems } = await judgeDraft(tx, content, integration);
  return {
    revision,
    savedAt: savedAt.toISOString(),
    problems,
    languages: listOfferedLanguages(content),
    change: await judgeDraftAgainstPublished(tx, integration, content),
  };
}

/** Once for each page that writes: a row for each save of what is typed would bury the others. */
function auditEditing(
  tx: Partner,
  { userId, partnerId }: PartnerMember,
  { id }: OwnIntegration,
): Promise<void> {
  return writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "specification.edit_draft",
    subject: { kind: "integration", id },
  });
}

async function findEmail(tx: Partner, userId: string): Promise<string | null> {
  const [row] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return row?.email ?? null;
}
