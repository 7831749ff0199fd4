"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { beginKeyLogin } from "@/lib/activation/pasted-key/begin-key-login";
import { countPaste } from "@/lib/activation/pasted-key/count-paste";
import { pasteKey } from "@/lib/activation/pasted-key/paste-key";
import { readKeyOf } from "@/lib/activation/pasted-key/queries";
import { logInForDraftInput, pasteForDraftInput } from "@/lib/activation/pasted-key/schema";
import { getWebEnv } from "@/lib/platform/env";
import { getActor, onRequest } from "../../../acting";
import { refuseKey } from "../../../invalid-key";
import { runOnDraft } from "../on-draft";

/** Takes the key of the customer who connects by hand. It is not answered with, in whatever case. */
export async function pasteKeyForDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = pasteForDraftInput.safeParse({ linkToken: data.get("linkToken"), key: data.get("key") });
  if (!input.success) return refuseKey("key");
  const { linkToken, key: pasted } = input.data;
  const viewer = await getActor({ linkToken: linkToken }, `/a/${linkToken}/key`);
  const result = await runOnDraft(
    "key.paste",
    viewer,
    linkToken,
    async (tx, draft, link) => {
      const read = readKeyOf(link.connector.id, pasted);
      return "problem" in read ? read : { id: await pasteKey(tx, viewer, { draftId: draft.id }, read.key) };
    },
    // Counted in a transaction of its own, so that a refusal does not give the try back.
    () => onRequest(viewer, (tx) => countPaste(tx, viewer)),
  );
  if (!result.ok) return result.state;
  if ("problem" in result.value) return refuseKey(result.value.problem);
  redirect(`/a/${linkToken}/key/${result.value.id}`);
}

/** Sends the customer to the vendor's login page, which makes the key. */
export async function logInForDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = logInForDraftInput.safeParse({ linkToken: data.get("linkToken") });
  if (!input.success) return { status: "error", code: "invalid_input" };
  const { linkToken } = input.data;
  const viewer = await getActor({ linkToken: linkToken }, `/a/${linkToken}/key`);
  const result = await runOnDraft("key.begin_login", viewer, linkToken, (tx, draft, link) => {
    const wanted = { integrationId: link.integrationId, target: { draftId: draft.id } };
    return beginKeyLogin(tx, viewer, wanted, getWebEnv().NEXTAUTH_SECRET);
  });
  if (!result.ok) return result.state;
  redirect(result.value.href);
}
