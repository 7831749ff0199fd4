"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { AppError } from "@/lib/core/app-error";
import { signOut } from "@/lib/people/auth/sign-out";
import { getViewer } from "@/lib/people/auth/viewer";
import { acceptInvitation } from "@/lib/people/membership/accept-invitation";
import { findWayOn } from "@/lib/people/membership/queries";
import { webDatabase } from "@/lib/platform/web-database";
import { onRequest } from "../acting";
import { invitationCookie } from "../link-cookie";
import { runAction } from "../run-action";

/** Joins the account, and goes on with what was handed over. */
export async function acceptInvitationAction(_previous: FormState, _data: FormData): Promise<FormState> {
  const viewer = await getViewer("/join");
  const token = await invitationCookie.find();
  const result = await runAction("invitation.accept", viewer, async () => {
    if (!token) throw new AppError("gone", "no invitation");
    return acceptInvitation(webDatabase(), viewer, token);
  });
  if (!result.ok) return result.state;
  await invitationCookie.forget();
  const { accountId, draftId, isGuest } = result.value;
  const actor = { ...viewer, accountId, ...(isGuest && draftId && { guestOf: draftId }) };
  const wayOn = draftId ? await onRequest(actor, (tx) => findWayOn(tx, draftId)) : "/account";
  redirect(wayOn ?? "/home");
}

/** Signed in as somebody else: signs out, and comes back here as the invited person. */
export async function signInAsInvitedAction(): Promise<void> {
  await signOut();
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: "/join" })}`);
}
