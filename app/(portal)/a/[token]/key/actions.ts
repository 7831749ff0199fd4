"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { getViewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/core/app-error";
import { findOpenDraft } from "@/lib/draft/queries";
import { findLink } from "@/lib/integration/queries";
import { countPaste } from "@/lib/pasted-key/count-paste";
import { pasteKey } from "@/lib/pasted-key/paste-key";
import { looksLikeKey } from "@/lib/pasted-key/queries";
import { pasteForDraftInput } from "@/lib/pasted-key/schema";
import { asCustomer } from "../../../as-customer";
import { runAction } from "../../../run-action";

const INVALID = {
  status: "error",
  code: "invalid_input",
  fieldErrors: { key: "key" },
} satisfies FormState;

/** Takes the key of the customer who connects by hand. It is not answered with, in whatever case. */
export async function pasteKeyForDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = pasteForDraftInput.safeParse({ linkToken: data.get("linkToken"), key: data.get("key") });
  if (!input.success) return INVALID;
  const { linkToken, key } = input.data;
  const viewer = await getViewer(`/a/${linkToken}/key`);
  const result = await runAction("key.paste", viewer, async () => {
    await asCustomer(viewer, (tx) => countPaste(tx, viewer));
    return asCustomer(
      viewer,
      async (tx) => {
        const link = await findLink(tx, linkToken);
        if (link.kind === "dead") throw new AppError("gone", "activation link");
        const draft = await findOpenDraft(tx, link.view.integrationId);
        if (!draft) throw new AppError("not_found", "draft");
        if (!looksLikeKey(link.view.connector.id, key)) return null;
        return pasteKey(tx, viewer, { draftId: draft.id }, key);
      },
      linkToken,
    );
  });
  if (!result.ok) return result.state;
  if (result.value === null) return INVALID;
  redirect(`/a/${linkToken}/key/${result.value}`);
}
