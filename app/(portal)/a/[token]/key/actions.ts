"use server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { getViewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/core/app-error";
import { findOpenDraft } from "@/lib/draft/queries";
import { getWebEnv } from "@/lib/env";
import { findLink } from "@/lib/integration/queries";
import { beginKeyLogin } from "@/lib/pasted-key/begin-key-login";
import { countPaste } from "@/lib/pasted-key/count-paste";
import { pasteKey } from "@/lib/pasted-key/paste-key";
import { looksLikeKey } from "@/lib/pasted-key/queries";
import { logInForDraftInput, pasteForDraftInput } from "@/lib/pasted-key/schema";
import { asCustomer } from "../../../as-customer";
import { INVALID_KEY } from "../../../invalid-key";
import { runAction } from "../../../run-action";

async function getDraftOfLink(tx: ScopedTransaction<"customer">, linkToken: string) {
  const link = await findLink(tx, linkToken);
  if (link.kind === "dead") throw new AppError("gone", "activation link");
  const { integrationId, connector } = link.view;
  const draft = await findOpenDraft(tx, integrationId);
  if (!draft) throw new AppError("not_found", "draft");
  return { integrationId, connectorId: connector.id, draftId: draft.id };
}

/** Takes the key of the customer who connects by hand. It is not answered with, in whatever case. */
export async function pasteKeyForDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = pasteForDraftInput.safeParse({ linkToken: data.get("linkToken"), key: data.get("key") });
  if (!input.success) return INVALID_KEY;
  const { linkToken, key } = input.data;
  const viewer = await getViewer(`/a/${linkToken}/key`);
  const result = await runAction("key.paste", viewer, async () => {
    await asCustomer(viewer, (tx) => countPaste(tx, viewer));
    return asCustomer(
      viewer,
      async (tx) => {
        const { connectorId, draftId } = await getDraftOfLink(tx, linkToken);
        return looksLikeKey(connectorId, key) ? pasteKey(tx, viewer, { draftId }, key) : null;
      },
      linkToken,
    );
  });
  if (!result.ok) return result.state;
  if (result.value === null) return INVALID_KEY;
  redirect(`/a/${linkToken}/key/${result.value}`);
}

/** Sends the customer to the vendor's login page, which makes the key. */
export async function logInForDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const input = logInForDraftInput.safeParse({ linkToken: data.get("linkToken") });
  if (!input.success) return { status: "error", code: "invalid_input" };
  const { linkToken } = input.data;
  const viewer = await getViewer(`/a/${linkToken}/key`);
  const result = await runAction("key.begin_login", viewer, () =>
    asCustomer(
      viewer,
      async (tx) => {
        const { integrationId, draftId } = await getDraftOfLink(tx, linkToken);
        const wanted = { integrationId, target: { draftId } };
        return beginKeyLogin(tx, viewer, wanted, getWebEnv().NEXTAUTH_SECRET);
      },
      linkToken,
    ),
  );
  if (!result.ok) return result.state;
  redirect(result.value.href);
}
