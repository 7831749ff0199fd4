"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { getViewer } from "@/lib/auth/viewer";
import { invite } from "../../../account/invite";

const input = z.object({ linkToken: z.string().min(1).max(100), draftId: z.uuid() });

/** Sends the prepared request to a colleague. A draft of another account is none: the row would not hold. */
export async function handOverAction(_previous: FormState, data: FormData): Promise<FormState> {
  const parsed = input.safeParse(Object.fromEntries(data));
  if (!parsed.success) return { status: "error", code: "invalid_input" };
  const { linkToken, draftId } = parsed.data;
  const viewer = await getViewer(`/a/${linkToken}/hand-over`);
  const state = await invite(viewer, data, draftId);
  revalidatePath(`/a/${linkToken}/hand-over`);
  return state;
}
