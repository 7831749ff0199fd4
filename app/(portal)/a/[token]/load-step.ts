import { redirect } from "next/navigation";
import type { Viewer } from "@/lib/account/schema";
import { getViewer } from "@/lib/auth/viewer";
import { type DraftRow, findOpenDraft } from "@/lib/draft/queries";
import type { IntegrationView } from "@/lib/integration/schema";
import { asCustomer } from "../../as-customer";
import { loadLink } from "./load-link";

export type LoadedStep = { viewer: Viewer; integration: IntegrationView; draft: DraftRow };

/**
 * What every step after the review needs: a live link, a signed-in person and an open draft of the version that is
 * published now. Whoever lacks one is sent to where it is got.
 */
export async function loadStep(token: string, step: string): Promise<LoadedStep> {
  const review = `/a/${token}`;
  const viewer = await getViewer(`${review}/${step}`);
  const link = await loadLink(token);
  if (link.kind === "dead") redirect(review);
  const draft = await asCustomer(viewer, (tx) => findOpenDraft(tx, link.view.integrationId), token);
  if (!draft) redirect(review);
  if (draft.specificationId !== link.view.specification.id) redirect(`${review}/changed`);
  return { viewer, integration: link.view, draft };
}
