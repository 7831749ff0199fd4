import { and, desc, eq } from "drizzle-orm";
import { isUniqueViolation } from "@/db/errors";
import { specificationReviews, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { contentHash } from "@/lib/catalogue/integration/content-hash";
import { saysTheSame } from "@/lib/catalogue/integration/publish-specification";
import { readContent } from "@/lib/catalogue/integration/read-content";
import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { findDraft } from "./begin-draft";
import { judgeDraft } from "./draft-surroundings";
import type { OwnIntegration } from "./find-integration";

type Partner = ScopedTransaction<"partner">;

/**
 * Submits the draft as the next version, whose content never changes from then on. `revision`: the one that the person saw.
 * Throws `forbidden`, `changed_since_started` when somebody saved since, `checks_failed` while something must be put right, and
 * `conflict` when it says what is published, or another version is on its way.
 */
export async function submitSpecification(
  tx: Partner,
  member: PartnerMember,
  integration: OwnIntegration,
  { revision, note }: { revision: number; note: string | null },
): Promise<void> {
  assertMay(member, "specifications.edit");
  const draft = await findDraft(tx, integration.id);
  if (!draft) throw new AppError("not_found", "draft");
  if (draft.revision !== revision) throw new AppError("changed_since_started", "draft");
  const { content } = await judgeDraft(tx, draft.content, integration);
  if (!content) throw new AppError("checks_failed", "draft");
  const before = await readVersions(tx, integration.id);
  if (before.published && saysTheSame(before.published, content))
    throw new AppError("conflict", "the draft says what is published");
  await insertSubmission(tx, member, integration, { version: before.newest + 1, content, note });
}

async function readVersions(tx: Partner, integrationId: string) {
  const rows = await tx
    .select({ version: specifications.version, state: specifications.state, content: specifications.content })
    .from(specifications)
    .where(eq(specifications.integrationId, integrationId))
    .orderBy(desc(specifications.version));
  const published = rows.find(({ state }) => state === "published");
  return { newest: rows[0]?.version ?? 0, published: published ? readContent(published.content) : null };
}

async function insertSubmission(
  tx: Partner,
  { partnerId, userId }: PartnerMember,
  { id: integrationId, slug: integrationSlug }: OwnIntegration,
  { version, content, note }: { version: number; content: SpecificationContent; note: string | null },
): Promise<void> {
  const hash = contentHash({ integrationSlug, version, content });
  const [row] = await tx
    .insert(specifications)
    .values({ integrationId, partnerId, version, state: "in_review", content, contentHash: hash })
    .returning({ id: specifications.id })
    .catch((error: unknown) => {
      // Another member was faster, or a version waits for its publication.
      for (const name of ["specifications_one_submitted", "specifications_version_key"])
        if (isUniqueViolation(error, name)) throw new AppError("conflict", "a version is submitted already");
      throw error;
    });
  if (!row) throw new Error("the version was not stored");
  await tx
    .insert(specificationReviews)
    .values({ specificationId: row.id, integrationId, partnerId, note, submittedBy: userId });
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "specification.submit",
    subject: { kind: "specification", id: row.id },
    detail: { version, contentHash: hash },
  });
}

/** Takes back what is in review or was approved. Throws `forbidden`, or `not_found` when nothing is. */
export async function withdrawSubmission(
  tx: Partner,
  { userId, partnerId, role }: PartnerMember,
  specificationId: string,
): Promise<void> {
  assertMay({ role }, "specifications.edit");
  const taken = await tx
    .update(specifications)
    .set({ state: "withdrawn" })
    .where(and(eq(specifications.id, specificationId), eq(specifications.partnerId, partnerId)))
    .returning({ id: specifications.id });
  if (taken.length === 0) throw new AppError("not_found", "submission");
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "specification.withdraw",
    subject: { kind: "specification", id: specificationId },
  });
}
