"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { AppError, isAppError } from "@/lib/core/app-error";
import { signOut } from "@/lib/people/auth/sign-out";
import { getViewer } from "@/lib/people/auth/viewer";
import { confirmEmailChange } from "@/lib/people/profile/confirm-email-change";
import { undoEmailChange } from "@/lib/people/profile/undo-email-change";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../../as-customer";
import { emailChangeCookie } from "../../link-cookie";
import { runAction } from "../../run-action";

const PATH = "/account/email";

export async function confirmEmailAction(_previous: FormState, _data: FormData): Promise<FormState> {
  const viewer = await getViewer(PATH);
  const token = await emailChangeCookie.find();
  const result = await runAction("email.change", viewer, async () => {
    if (!token) throw new AppError("gone", "no link");
    await asCustomer(viewer, (tx) => confirmEmailChange(tx, viewer, token));
  });
  if (!result.ok) return result.state;
  await emailChangeCookie.forget();
  revalidatePath("/", "layout");
  redirect(`${PATH}?done=confirmed`);
}

/** The owner of the old mailbox takes the address back. The token is the authority; nobody has to be signed in. */
export async function undoEmailAction(_previous: FormState, _data: FormData): Promise<FormState> {
  const token = await emailChangeCookie.find();
  try {
    if (!token) throw new AppError("gone", "no link");
    await inScope({ kind: "public" }, (tx) => undoEmailChange(tx, token));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { status: "error", code: error.code === "conflict" ? "address_taken" : error.code };
  }
  await emailChangeCookie.forget();
  await signOut();
  redirect(`${PATH}?done=undone`);
}

/** Signed in as somebody else, or not at all: comes back here as who asked for the change. */
export async function signInToConfirmAction(): Promise<void> {
  await signOut();
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: PATH })}`);
}
