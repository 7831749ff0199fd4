import { redirect } from "next/navigation";
import {
  type DraftRow,
  findChangesUnderDraft,
  findOpenDraft,
  findWayWithoutDraft,
  isAcceptedByMember,
} from "@/lib/activation/draft/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../as-customer";
import { loadLink } from "./load-link";

export type LoadedStep = { viewer: Viewer; integration: IntegrationView; draft: DraftRow };

/**
 * What every step after the review needs: a live link, a signed-in person and an open draft of what the version that
 * is published now says. Whoever lacks one is sent to where it is got.
 */
export async function loadStep(token: string, step: string): Promise<LoadedStep> {
  const review = `/a/${token}`;
  const viewer = await getViewer(`${review}/${step}`);
  const link = await loadLink(token);
  if (link.kind === "dead") redirect(review);
  const { integrationId } = link.view;
  const draft = await asCustomer(viewer, (tx) => findOpenDraft(tx, integrationId), token);
  // Another device, or a colleague, brought it to its end meanwhile.
  if (!draft)
    redirect((await asCustomer(viewer, (tx) => findWayWithoutDraft(tx, link.view), token)) ?? review);
  if (!(await asCustomer(viewer, (tx) => isAcceptedByMember(tx, draft), token))) redirect(review);
  if (await asCustomer(viewer, (tx) => findChangesUnderDraft(tx, draft, link.view), token))
    redirect(`${review}/changed`);
  return { viewer, integration: link.view, draft };
}
