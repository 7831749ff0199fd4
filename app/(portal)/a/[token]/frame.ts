import type { PreparedNoteView } from "@/components/flow/prepared-note";
import type { PlainFormAction } from "@/components/ui/form-state";
import type { Preparation } from "@/lib/activation/draft/schema";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import type { Viewer } from "@/lib/people/account/schema";

import { leaveHandedRequestAction } from "../../handed-request-actions";

export type PreparedNote = PreparedNoteView & { leave: PlainFormAction };

/** Who prepared what the viewer goes on with, for the frame; null when that was the viewer. */
export function noteOf(viewer: Viewer, linkToken: string, preparation: Preparation): PreparedNote | null {
  const { guestOf } = viewer;
  if (guestOf === undefined && preparation.acceptedBy === viewer.email) return null;
  const reviewHref = `/a/${linkToken}`;
  return {
    ...preparation,
    guestOf: guestOf ?? null,
    viewerEmail: viewer.email,
    reviewHref,
    leave: leaveHandedRequestAction,
  };
}

/** What the frame of every step says about the integration. */
export function frameOf(view: IntegrationView) {
  const { content } = view.specification;
  return {
    integrationName: content.name,
    partnerName: view.partner.name,
    connectorId: view.connector.id,
    connectorName: view.connector.name,
    stage: view.stage,
    hasSettings: content.settings.length > 0,
    hasPartnerSteps: content.partnerSteps.kind !== "none",
  };
}

/** Where the draft is handed to a colleague; null for a guest, who does not hand on what was handed over. */
export function handOverHrefFor(viewer: Viewer, token: string): string | null {
  return viewer.guestOf === undefined ? `/a/${token}/hand-over` : null;
}

/** Addresses of the steps up to `technical-user`. */
export function hrefsOf(token: string) {
  return {
    review: `/a/${token}`,
    environments: `/a/${token}/environments`,
    settings: `/a/${token}/settings`,
    "technical-user": `/a/${token}/technical-user`,
  } as const;
}
