"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { invite } from "../../../account/invite";
import { getActor } from "../../../acting";
import { runOnDraft } from "../on-draft";

const input = z.object({ linkToken: z.string().min(1).max(100), draftId: z.uuid() });

/** Sends the prepared request to a colleague. A draft of another account is none: the row would not hold. */
export async function handOverAction(_previous: FormState, data: FormData): Promise<FormState> {
  const parsed = input.safeParse(Object.fromEntries(data));
  if (!parsed.success) return { status: "error", code: "invalid_input" };
  const { linkToken, draftId } = parsed.data;
  const viewer = await getActor({ linkToken }, `/a/${linkToken}/hand-over`);
  // The draft may have come to its end since the page was shown: then there is nothing to invite to.
  const open = await runOnDraft("draft.hand_over", viewer, linkToken, async () => undefined);
  if (!open.ok) return open.state;
  const state = await invite(viewer, data, draftId);
  revalidatePath(`/a/${linkToken}/hand-over`);
  return state;
}
