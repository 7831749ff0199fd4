"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { AppError } from "@/lib/core/app-error";
import { acceptMemberInvitation } from "@/lib/partner/organization/accept-member-invitation";
import { signOut } from "@/lib/people/auth/sign-out";
import { getViewer } from "@/lib/people/auth/viewer";
import { webDatabase } from "@/lib/platform/web-database";
import { partnerInvitationCookie } from "../../link-cookie";
import { runAction } from "../../run-action";

/** Joins the partner, and goes on to its console. */
export async function acceptPartnerInvitationAction(
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const viewer = await getViewer("/join/partner");
  const token = await partnerInvitationCookie.find();
  const result = await runAction("partner_invitation.accept", viewer, async () => {
    if (!token) throw new AppError("gone", "no invitation");
    return acceptMemberInvitation(webDatabase(), viewer, token);
  });
  if (!result.ok) return result.state;
  await partnerInvitationCookie.forget();
  redirect(`/partner/${result.value}`);
}

/** Signed in as somebody else: signs out, and comes back here as the invited person. */
export async function signInAsInvitedMemberAction(): Promise<void> {
  await signOut();
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: "/join/partner" })}`);
}
