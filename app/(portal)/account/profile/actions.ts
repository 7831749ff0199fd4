"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { AppError } from "@/lib/core/app-error";
import { problemOfAddress, readEmailAddress } from "@/lib/core/email-address";
import { signOut } from "@/lib/people/auth/sign-out";
import { getViewer } from "@/lib/people/auth/viewer";
import { askForErasure } from "@/lib/people/profile/ask-for-erasure";
import { listErasureObstacles } from "@/lib/people/profile/queries";
import { cancelEmailChange, requestEmailChange } from "@/lib/people/profile/request-email-change";
import { EMAIL_CHANGE_LIMITS } from "@/lib/people/profile/rules";
import { changeEmailInput } from "@/lib/people/profile/schema";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { webDatabase } from "@/lib/platform/web-database";
import { asCustomer } from "../../as-customer";
import { runAction } from "../../run-action";

const PATH = "/account/profile";
const fieldError = (field: string, key: string): FormState => ({
  status: "error",
  code: "invalid_input",
  fieldErrors: { [field]: key },
});

/** Asks at the new address; the answer is the same whether somebody is known by it or not. */
export async function changeEmailAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = changeEmailInput.safeParse({ email: data.get("email") });
  if (!input.success) return fieldError("email", problemOfAddress(data.get("email")));
  const { email } = input.data;
  const viewer = await getViewer(PATH);
  if (email === viewer.email) return fieldError("email", "same_email");
  const result = await runAction("email.change_request", viewer, async () => {
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    await asCustomer(viewer, async (tx) => {
      await takeRateLimit(tx, { ...EMAIL_CHANGE_LIMITS.perPerson, subject: viewer.userId });
      await takeRateLimit(tx, { ...EMAIL_CHANGE_LIMITS.perAddress, subject: email });
    });
    await asCustomer(viewer, (tx) => requestEmailChange(tx, viewer, email));
  });
  if (!result.ok) return result.state;
  revalidatePath(PATH);
  return { status: "ok" };
}

export async function cancelEmailChangeAction(_previous: FormState, _data: FormData): Promise<FormState> {
  const viewer = await getViewer(PATH);
  const result = await runAction("email.change_cancel", viewer, () =>
    asCustomer(viewer, (tx) => cancelEmailChange(tx, viewer)),
  );
  if (!result.ok) return result.state;
  revalidatePath(PATH);
  return { status: "ok" };
}

/** Erases the person for good, once they have typed their own address. */
export async function eraseAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getViewer(PATH);
  const typed = readEmailAddress(String(data.get("confirmation") ?? ""));
  if (!("address" in typed) || typed.address !== viewer.email) return fieldError("confirmation", "own_email");
  const result = await runAction("person.erasure_request", viewer, async () => {
    const obstacles = await listErasureObstacles(webDatabase(), viewer);
    if (obstacles.length > 0) throw new AppError("conflict", "connections or requests live");
    await asCustomer(viewer, (tx) => askForErasure(tx, viewer));
  });
  if (!result.ok) {
    revalidatePath(PATH);
    return result.state;
  }
  await signOut();
  redirect("/account/erased");
}
