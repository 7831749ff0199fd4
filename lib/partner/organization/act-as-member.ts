import type { PartnerActor } from "@/lib/platform/audit/partner-actor";
import { assertMay } from "./assert-may";
import type { PartnerAbility } from "./roles";
import type { PartnerMember } from "./schema";

/** A member as the actor of verbs that API keys use too. Throws `forbidden` without the ability. */
export function actAsMember(
  member: Pick<PartnerMember, "partnerId" | "userId" | "role">,
  stage: string,
  ability: PartnerAbility,
): PartnerActor {
  assertMay(member, ability);
  return { partnerId: member.partnerId, stage, userId: member.userId };
}
