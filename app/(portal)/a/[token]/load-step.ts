import { redirect } from "next/navigation";
import {
  type DraftRow,
  findChangesUnderDraft,
  findOpenDraft,
  findWayWithoutDraft,
  getPreparation,
} from "@/lib/activation/draft/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { getActor, onRequest } from "../../acting";
import { noteOf, type PreparedNote } from "./frame";
import { loadLink } from "./load-link";

export type LoadedStep = {
  viewer: Viewer;
  integration: IntegrationView;
  draft: DraftRow;
  /** What the frame says of who prepared it; null for who did so themselves. */
  note: PreparedNote | null;
};

/**
 * What every step after the review needs: a live link, a signed-in person and an open draft of what the version that
 * is published now says. Whoever lacks one is sent to where it is got.
 */
export async function loadStep(token: string, step: string): Promise<LoadedStep> {
  const review = `/a/${token}`;
  const viewer = await getActor({ linkToken: token }, `${review}/${step}`);
  const link = await loadLink(token);
  if (link.kind === "dead") redirect(review);
  const { integrationId } = link.view;
  const draft = await onRequest(viewer, (tx) => findOpenDraft(tx, integrationId), token);
  // Another device, or a colleague, brought it to its end meanwhile.
  if (!draft)
    redirect((await onRequest(viewer, (tx) => findWayWithoutDraft(tx, link.view), token)) ?? review);
  const preparation = await onRequest(viewer, (tx) => getPreparation(tx, draft.id), token).catch(takenBack);
  if (preparation === null || preparation.acceptedBy === null) redirect(review);
  if (await onRequest(viewer, (tx) => findChangesUnderDraft(tx, draft, link.view), token))
    redirect(`${review}/changed`);
  return { viewer, integration: link.view, draft, note: noteOf(viewer, link.view.linkToken, preparation) };
}

/** A guest's draft may be taken back between two reads. Any other error is thrown. */
function takenBack(error: unknown): null {
  if (isAppError(error, "not_found")) return null;
  throw error;
}
