import { and, eq } from "drizzle-orm";
import { partnerMembers, partners } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { ensureUser } from "@/lib/people/auth/ensure-user";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { PartnerRole } from "./roles";

/** As the operator: puts a person into a partner, or gives a member another role. Throws `not_found` without the partner. */
export async function addPartnerMember(
  tx: SystemTransaction,
  { partner, email, role }: { partner: string; email: string; role: PartnerRole },
): Promise<void> {
  const [owner] = await tx.select({ id: partners.id }).from(partners).where(eq(partners.slug, partner));
  if (!owner) throw new AppError("not_found", `partner "${partner}"`);
  const { id: userId } = await ensureUser(tx, { email, locale: DEFAULT_LOCALE });
  const isMember = and(eq(partnerMembers.partnerId, owner.id), eq(partnerMembers.userId, userId));
  const [present] = await tx.select({ role: partnerMembers.role }).from(partnerMembers).where(isMember);
  if (present?.role === role) return;
  await tx
    .insert(partnerMembers)
    .values({ partnerId: owner.id, userId, role })
    .onConflictDoUpdate({ target: [partnerMembers.partnerId, partnerMembers.userId], set: { role } });
  await writeAudit(tx, {
    actor: { kind: "system" },
    partnerId: owner.id,
    action: "partner_member.add",
    subject: { kind: "user", id: userId },
    detail: { role },
  });
}
