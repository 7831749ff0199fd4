"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { problemOfAddress } from "@/lib/core/email-address";
import { changeRole, removePartnerMember } from "@/lib/partner/organization/change-members";
import { inviteMember, withdrawMemberInvitation } from "@/lib/partner/organization/invite-member";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import { memberInvitationInput } from "@/lib/partner/organization/schema";
import { INVITATION_LIMITS } from "@/lib/people/membership/rules";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asPartner } from "../../../as-partner";
import { getActingMember, INVALID, runAsMember, runForMember } from "../acting-member";

const idOf = (data: FormData, name: string) => z.uuid().safeParse(data.get(name));

export async function inviteMemberAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_invitation.create");
  const input = memberInvitationInput.safeParse({ email: data.get("email"), role: data.get("role") });
  if (!input.success) return { ...INVALID, fieldErrors: { email: problemOfAddress(data.get("email")) } };
  const { email } = input.data;
  const result = await runForMember(member, "partner_invitation.create", async () => {
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    await asPartner(member, async (tx) => {
      await takeRateLimit(tx, { ...INVITATION_LIMITS.perAccount, subject: member.partnerId });
      await takeRateLimit(tx, { ...INVITATION_LIMITS.perAddress, subject: email });
    });
    await asPartner(member, (tx) => inviteMember(tx, member, input.data));
  });
  if (!result.ok) {
    const isMember = result.state.status === "error" && result.state.code === "conflict";
    return isMember ? { ...INVALID, fieldErrors: { email: "member" } } : result.state;
  }
  revalidatePath(`/partner/${member.slug}/members`);
  return { status: "ok" };
}

export async function withdrawInvitationAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_invitation.withdraw");
  const invitationId = idOf(data, "invitationId");
  if (!invitationId.success) return INVALID;
  const result = await runAsMember(member, "partner_invitation.withdraw", (tx) =>
    withdrawMemberInvitation(tx, member, invitationId.data),
  );
  revalidatePath(`/partner/${member.slug}/members`);
  return result.ok ? { status: "ok" } : result.state;
}

/** What `conflict` means here: an owner has to stay. */
const sayWhy = (state: FormState): FormState =>
  state.status === "error" && state.code === "conflict" ? { ...state, code: "last_owner" } : state;

export async function changeRoleAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_member.role");
  const userId = idOf(data, "userId");
  const role = z.enum(PARTNER_ROLES).safeParse(data.get("role"));
  if (!userId.success || !role.success) return INVALID;
  const result = await runAsMember(member, "partner_member.role", (tx) =>
    changeRole(tx, member, { userId: userId.data, role: role.data }),
  );
  if (!result.ok) return sayWhy(result.state);
  revalidatePath(`/partner/${member.slug}`, "layout");
  return { status: "ok" };
}

/** Takes a member out, or oneself: then on to the own account. */
export async function removeMemberAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "partner_member.remove");
  const userId = idOf(data, "userId");
  if (!userId.success) return INVALID;
  const result = await runAsMember(member, "partner_member.remove", (tx) =>
    removePartnerMember(tx, member, userId.data),
  );
  if (!result.ok) return sayWhy(result.state);
  revalidatePath("/", "layout");
  if (userId.data === member.userId) redirect("/home");
  return { status: "ok" };
}
