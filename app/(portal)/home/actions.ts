"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { discardDraft } from "@/lib/activation/draft/discard-draft";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

/** Gives up an activation that was begun and not submitted. */
export async function discardDraftAction(_previous: FormState, data: FormData): Promise<FormState> {
  const draftId = z.uuid().safeParse(data.get("draftId"));
  if (!draftId.success) return { status: "error", code: "invalid_input" };
  const viewer = await getViewer("/home");
  const result = await runAction("draft.discard", viewer, () =>
    asCustomer(viewer, (tx) => discardDraft(tx, viewer, draftId.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/home");
  return { status: "ok" };
}
