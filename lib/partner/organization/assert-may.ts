import { AppError } from "@/lib/core/app-error";
import { mayAsRole, type PartnerAbility } from "./roles";
import type { PartnerMember } from "./schema";

/** Throws `forbidden` with the ability's name; the policies refuse the write too. */
export function assertMay(member: Pick<PartnerMember, "role">, ability: PartnerAbility): void {
  if (!mayAsRole(member.role, ability)) throw new AppError("forbidden", ability);
}
