"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { takeBackRequest } from "@/lib/activation/guest/take-back-request";
import { isAppError } from "@/lib/core/app-error";
import { cleanLine, holdsLink } from "@/lib/core/outside-text";
import { webAuth } from "@/lib/people/auth/context";
import { callbackPathOf } from "@/lib/people/auth/rules";
import { findViewer, getViewer } from "@/lib/people/auth/viewer";
import { removeMember } from "@/lib/people/membership/remove-member";
import { renameAccount } from "@/lib/people/membership/rename-account";
import { accountName } from "@/lib/people/membership/schema";
import { switchAccount } from "@/lib/people/membership/switch-account";
import { withdrawInvitation } from "@/lib/people/membership/withdraw-invitation";
import { webDatabase } from "@/lib/platform/web-database";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";
import { invite } from "./invite";

const PATH = "/account";
const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const idOf = (data: FormData, name: string) => z.uuid().safeParse(data.get(name));

export async function inviteAction(_previous: FormState, data: FormData): Promise<FormState> {
  return await invite(await getViewer(PATH), data);
}

export async function withdrawInvitationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const invitationId = idOf(data, "invitationId");
  if (!invitationId.success) return INVALID;
  const viewer = await getViewer(PATH);
  const result = await runAction("invitation.withdraw", viewer, () =>
    asCustomer(viewer, (tx) => withdrawInvitation(tx, viewer, invitationId.data)),
  );
  revalidatePath("/", "layout");
  return result.ok ? { status: "ok" } : result.state;
}

/** Takes one request back from a guest. */
export async function takeBackRequestAction(_previous: FormState, data: FormData): Promise<FormState> {
  const guestId = idOf(data, "guestId");
  if (!guestId.success) return INVALID;
  const viewer = await getViewer(PATH);
  const result = await runAction("draft.take_back", viewer, () =>
    asCustomer(viewer, (tx) => takeBackRequest(tx, viewer, guestId.data)),
  );
  revalidatePath("/", "layout");
  return result.ok ? { status: "ok" } : result.state;
}

/** Takes a colleague out, or oneself: then on with another account. */
export async function removeMemberAction(_previous: FormState, data: FormData): Promise<FormState> {
  const userId = idOf(data, "userId");
  if (!userId.success) return INVALID;
  const viewer = await getViewer(PATH);
  const result = await runAction("member.remove", viewer, () =>
    asCustomer(viewer, (tx) => removeMember(tx, viewer, userId.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  if (userId.data === viewer.userId) redirect("/home");
  return { status: "ok" };
}

export async function renameAccountAction(_previous: FormState, data: FormData): Promise<FormState> {
  const name = accountName.safeParse(data.get("name"));
  if (!name.success) {
    return { ...INVALID, fieldErrors: { name: problemOfName(cleanLine(String(data.get("name") ?? ""))) } };
  }
  const viewer = await getViewer(PATH);
  const result = await runAction("account.rename", viewer, () =>
    asCustomer(viewer, (tx) => renameAccount(tx, viewer, name.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}

function problemOfName(typed: string): string {
  if (typed === "") return "required";
  return holdsLink(typed) ? "link" : "too_long";
}

/** From the header's menu, or to see what was opened from a mail. A form that is not ours, or of an account that was left meanwhile, changes nothing. */
export async function switchAccountAction(data: FormData): Promise<void> {
  const accountId = idOf(data, "accountId");
  const viewer = await findViewer();
  if (!viewer || !accountId.success) redirect("/home");
  try {
    await switchAccount(webDatabase(), viewer, accountId.data);
  } catch (error) {
    if (!isAppError(error, "not_found")) throw error;
  }
  revalidatePath("/", "layout");
  redirect(callbackPathOf(data.get("path"), webAuth().publicUrl));
}
