import { notFound } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { isAppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { findPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getViewer } from "@/lib/people/auth/viewer";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asCustomer } from "../../as-customer";
import { asPartner } from "../../as-partner";
import { runAction } from "../../run-action";

export const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;

/** As `getPartnerMember`, for actions: what somebody else tries is on record, and answered as if nothing were here. */
export async function getActingMember(slug: string, action: AuditAction): Promise<PartnerMember> {
  const viewer = await getViewer("/partner");
  // Whatever is sent: it is text of the browser's.
  const member = typeof slug === "string" ? await findPartnerMember(slug) : null;
  if (member) return member;
  await asCustomer(viewer, (tx) =>
    writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId: viewer.accountId,
      action,
      subject: { kind: "attempt" },
      outcome: "refused",
      detail: { code: "not_found" },
    }),
  );
  notFound();
}

/** Runs a member's work; an expected failure becomes the form's error and a row of the audit log. */
export async function runForMember<T>(member: PartnerMember, action: AuditAction, work: () => Promise<T>) {
  const viewer = await getViewer(`/partner/${member.slug}`);
  return runAction(action, viewer, work, async (_viewer, entry) => {
    try {
      const { partnerId } = member;
      await asPartner(member, (tx) => writeAudit(tx, { ...entry, partnerId }));
    } catch (error) {
      // Removed meanwhile: the attempt stands in the log of the person's own account.
      if (!isAppError(error, "not_found")) throw error;
      const { accountId } = viewer;
      await asCustomer(viewer, (tx) => writeAudit(tx, { ...entry, accountId }));
    }
  });
}

/** The same with one transaction in the partner's scope. */
export function runAsMember<T>(
  member: PartnerMember,
  action: AuditAction,
  work: (tx: ScopedTransaction<"partner">) => Promise<T>,
) {
  return runForMember(member, action, () => asPartner(member, work));
}
