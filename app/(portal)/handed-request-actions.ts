"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { chooseHandedRequest } from "@/lib/activation/guest/act-as-guest";
import { isAppError } from "@/lib/core/app-error";
import { getViewer } from "@/lib/people/auth/viewer";
import { findWayOn } from "@/lib/people/membership/queries";
import { inScope } from "@/lib/platform/web-database";
import { actingOn, onRequest } from "./acting";

const idOf = (data: FormData) => z.uuid().safeParse(data.get("draftId"));

/** Chooses what was handed over, or with `null` an account of one's own; what was taken back meanwhile is neither. */
async function choose(draftId: string, openedAt: Date | null): Promise<void> {
  const viewer = await getViewer("/home");
  try {
    await inScope({ kind: "auth" }, (tx) => chooseHandedRequest(tx, viewer, draftId, openedAt));
  } catch (error) {
    if (!isAppError(error, "not_found")) throw error;
  }
  revalidatePath("/", "layout");
}

/** From the start page: on with a request that was handed over. */
export async function openHandedRequestAction(data: FormData): Promise<void> {
  const draftId = idOf(data);
  if (!draftId.success) redirect("/home");
  await choose(draftId.data, new Date());
  const actor = await actingOn(await getViewer("/home"), { draftId: draftId.data });
  const wayOn = actor.guestOf ? await onRequest(actor, (tx) => findWayOn(tx, draftId.data)) : null;
  redirect(wayOn ?? "/home");
}

/** From the note above a step: back to an account of one's own. */
export async function leaveHandedRequestAction(data: FormData): Promise<void> {
  const draftId = idOf(data);
  if (draftId.success) await choose(draftId.data, null);
  redirect("/home");
}
