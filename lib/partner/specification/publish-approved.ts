import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * Publishes an approved version: links lead to it from the next page on, and the published one is deprecated. Throws
 * `forbidden`, or `not_found` when the partner has no such version that is approved.
 */
export async function publishApproved(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  specificationId: string,
): Promise<void> {
  assertMay(member, "specifications.edit");
  const [row] = await tx.execute<{ published: boolean }>(
    sql`select kytkin.publish_specification(${specificationId}::uuid) as published`,
  );
  if (!row?.published) throw new AppError("not_found", "approved version");
  await enqueueEvent(tx, "specification/published", { specificationId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "specification.publish",
    subject: { kind: "specification", id: specificationId },
  });
}
