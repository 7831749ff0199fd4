import type { ReactNode } from "react";
import { FlowFrame } from "@/components/flow/flow-frame";
import { Main } from "@/components/shell/container";
import { findOpenDraft, getPreparation } from "@/lib/activation/draft/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { frameOf, hrefsOf, noteOf } from "../../../a/[token]/frame";
import { loadLink } from "../../../a/[token]/load-link";
import { onRequest } from "../../../acting";

type Props = { viewer: Viewer | null; integrationId: string; children: ReactNode };

/** The frame of the flow that the customer left for the vendor and comes back to; without an open draft the page alone. */
export async function ReturnFrame({ viewer, integrationId, children }: Props) {
  const frame = viewer && (await findFrame(viewer, integrationId));
  if (!frame) return <Main>{children}</Main>;
  return (
    <FlowFrame current="environments" {...frame}>
      {children}
    </FlowFrame>
  );
}

async function findFrame(viewer: Viewer, integrationId: string) {
  const found = await onRequest(viewer, async (tx) => {
    const draft = await findOpenDraft(tx, integrationId);
    return draft && { linkToken: draft.linkToken, preparation: await getPreparation(tx, draft.id) };
  });
  if (!found) return null;
  const { linkToken, preparation } = found;
  const link = await loadLink(linkToken);
  if (link.kind === "dead") return null;
  return { ...frameOf(link.view), hrefs: hrefsOf(linkToken), note: noteOf(viewer, linkToken, preparation) };
}
