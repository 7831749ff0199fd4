"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { beginKeyLogin } from "@/lib/activation/pasted-key/begin-key-login";
import { countPaste } from "@/lib/activation/pasted-key/count-paste";
import { pasteKey } from "@/lib/activation/pasted-key/paste-key";
import { getActivationToRecover, readKeyOf } from "@/lib/activation/pasted-key/queries";
import { logInForActivationInput, pasteForActivationInput } from "@/lib/activation/pasted-key/schema";
import { AppError } from "@/lib/core/app-error";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { getViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { asCustomer } from "../../../as-customer";
import { refuseKey } from "../../../invalid-key";
import { runAction } from "../../../run-action";

/** Takes a key for a company whose own one was lost or is dead. It is not answered with, in whatever case. */
export async function pasteKeyForActivationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = pasteForActivationInput.safeParse({
    activationId: data.get("activationId"),
    key: data.get("key"),
  });
  if (!input.success) return refuseKey("key");
  const { activationId, key: pasted } = input.data;
  const viewer = await getViewer(`/activations/${activationId}/key`);
  const result = await runAction("key.paste", viewer, async () => {
    await asCustomer(viewer, (tx) => countPaste(tx, viewer));
    return asCustomer(viewer, async (tx) => {
      const activation = await getActivationToRecover(tx, activationId, DEFAULT_LOCALE);
      if (!activation.isWanted) throw new AppError("conflict", "no key is wanted");
      const read = readKeyOf(activation.guide.connector.id, pasted);
      return "problem" in read ? read : { id: await pasteKey(tx, viewer, { activationId }, read.key) };
    });
  });
  if (!result.ok) return result.state;
  if ("problem" in result.value) return refuseKey(result.value.problem);
  redirect(`/activations/${activationId}/key/${result.value.id}`);
}

/** Sends the customer to the vendor's login page, which makes the key. */
export async function logInForActivationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = logInForActivationInput.safeParse({ activationId: data.get("activationId") });
  if (!input.success) return { status: "error", code: "invalid_input" };
  const { activationId } = input.data;
  const viewer = await getViewer(`/activations/${activationId}/key`);
  const result = await runAction("key.begin_login", viewer, () =>
    asCustomer(viewer, async (tx) => {
      const { integrationId, isWanted } = await getActivationToRecover(tx, activationId, DEFAULT_LOCALE);
      if (!isWanted) throw new AppError("conflict", "no key is wanted");
      const wanted = { integrationId, target: { activationId } };
      return beginKeyLogin(tx, viewer, wanted, getWebEnv().NEXTAUTH_SECRET);
    }),
  );
  if (!result.ok) return result.state;
  redirect(result.value.href);
}
