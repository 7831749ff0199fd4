import { eq } from "drizzle-orm";
import { partners } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { assertMay } from "./assert-may";
import { getProfile } from "./queries";
import { readLogo } from "./read-logo";
import type { PartnerMember, ProfileInput } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** Changes the organization profile at once, with the names of the changed fields in the audit log. */
export async function updateProfile(
  tx: Partner,
  member: PartnerMember,
  profile: ProfileInput,
): Promise<void> {
  assertMay(member, "profile.edit");
  const before = await getProfile(tx, member);
  const fields = (Object.keys(profile) as (keyof ProfileInput)[]).filter(
    (field) => profile[field] !== before[field],
  );
  if (fields.length === 0) return;
  await tx.update(partners).set(profile).where(eq(partners.id, member.partnerId));
  await audit(tx, member, fields);
}

/** Keeps a small PNG as the partner's logo, or none. Throws `invalid_input` for anything else. */
export async function setLogo(tx: Partner, member: PartnerMember, png: Uint8Array | null): Promise<void> {
  assertMay(member, "profile.edit");
  const logo = png && readLogo(png);
  await tx.update(partners).set({ logo }).where(eq(partners.id, member.partnerId));
  await audit(tx, member, ["logo"]);
}

function audit(tx: Partner, member: PartnerMember, fields: string[]): Promise<void> {
  return writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "partner.profile",
    subject: { kind: "partner", id: member.partnerId },
    detail: { fields },
  });
}
