"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { confirmGrant } from "@/lib/activation/grant/confirm-grant";
import { returnFromVendor } from "@/lib/activation/grant/return-from-vendor";
import { countPaste } from "@/lib/activation/pasted-key/count-paste";
import { finishKeyLogin } from "@/lib/activation/pasted-key/finish-key-login";
import { openKeyLogin } from "@/lib/activation/pasted-key/key-login-state";
import { AppError } from "@/lib/core/app-error";
import { signOut } from "@/lib/people/auth/sign-out";
import { getViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { getActor, onRequest } from "../../../acting";
import { asCustomer } from "../../../as-customer";
import { runAction } from "../../../run-action";
import { actingOnKeyLogin } from "./acting-on-key-login";
import { findReturned } from "./load-return";

/** The vendor's request ids can be guessed: nobody has twenty of their own within an hour. */
const LOOK_UP_LIMIT = { name: "grant.return", max: 20, windowSeconds: 3600 };

const pathOf = (slug: string): string => `/connect/${slug}/continue`;

/** Has the request that the browser came back with read at the vendor. */
export async function lookUpReturnAction(
  slug: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const viewer = await getActor({ slug }, pathOf(slug));
  const returned = await findReturned(slug);
  const result = await runAction("grant.return", viewer, async () => {
    if (returned === null) throw new AppError("not_found", "no return");
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    await onRequest(viewer, (tx) => takeRateLimit(tx, { ...LOOK_UP_LIMIT, subject: viewer.userId }));
    return onRequest(viewer, (tx) => returnFromVendor(tx, viewer, returned));
  });
  if (!result.ok) return result.state;
  redirect(pathOf(slug));
}

/** Hands the code that a login for a key brought back to the worker. */
export async function finishKeyLoginAction(
  slug: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const person = await getViewer(pathOf(slug));
  const returned = await findReturned(slug);
  const result = await runAction("key.log_in", person, async () => {
    if (returned?.kind !== "key_login") throw new AppError("not_found", "no return");
    const { code } = returned;
    const state = openKeyLogin(getWebEnv().NEXTAUTH_SECRET, returned.state);
    if (state?.slug !== slug || code === null) throw new AppError("not_found", "state");
    const viewer = await actingOnKeyLogin(person, state);
    await onRequest(viewer, (tx) => countPaste(tx, viewer));
    return onRequest(viewer, (tx) => finishKeyLogin(tx, viewer, state, code));
  });
  if (!result.ok) return result.state;
  redirect(result.value);
}

/** "Continue as …". */
export async function claimGrantAction(
  slug: string,
  grantId: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const viewer = await getViewer(pathOf(slug));
  const result = await runAction("grant.confirm", viewer, () =>
    asCustomer(viewer, (tx) => confirmGrant(tx, viewer, grantId)),
  );
  if (!result.ok) return result.state;
  redirect(pathOf(slug));
}

/** Somebody else consented at the vendor: sign out, and come back here as that person. */
export async function switchAccountAction(slug: string): Promise<void> {
  await signOut();
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: pathOf(slug) })}`);
}
