import type { Metadata } from "next";
import { after } from "next/server";
import { getTranslations } from "next-intl/server";
import { DeadLink } from "@/components/flow/dead-link/dead-link";
import { FlowFrame } from "@/components/flow/flow-frame";
import { ReservedUse } from "@/components/flow/link-session/reserved-use";
import { ReviewStep } from "@/components/flow/review/review-step";
import { Main } from "@/components/shell/container";
import { findAcceptance } from "@/lib/activation/draft/find-acceptance";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { countOpening } from "@/lib/catalogue/link/count-opening";
import { findLinkPreparation } from "@/lib/catalogue/link/find-link-preparation";
import { findLinkRoom } from "@/lib/catalogue/link/queries";
import type { LinkRoom } from "@/lib/catalogue/link/schema";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { findViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";
import { actingOn, onRequest } from "../../acting";
import { acceptTermsAction } from "./actions";
import { frameOf } from "./frame";
import { loadLink } from "./load-link";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = await loadLink((await params).token);
  const t = await getTranslations("deadLink");
  return {
    title: link.kind === "live" ? link.view.specification.content.name : t(`${link.view.why}.title`),
    robots: { index: false },
  };
}

/** Whether a link for a number of requests takes this visitor. A guest goes on with a draft whose use the account reserved. */
async function roomOf(viewer: Viewer | null, token: string): Promise<LinkRoom> {
  if (viewer?.guestOf) return "free";
  return viewer
    ? onRequest(viewer, findLinkRoom, token)
    : inScope({ kind: "public", linkHash: sha256(token) }, findLinkRoom);
}

async function acceptanceOf(viewer: Viewer | null, view: IntegrationView) {
  if (!viewer) return null;
  const accepted = await onRequest(viewer, (tx) => findAcceptance(tx, view), view.linkToken);
  return accepted && { ...accepted, continueHref: `/a/${view.linkToken}/environments` };
}

/** Step 1 and 2: what the link leads to and everything that is accepted. Readable without signing in. */
export default async function ReviewPage({ params }: Props) {
  const link = await loadLink((await params).token);
  if (link.kind === "dead") {
    return (
      <Main>
        <DeadLink view={link.view} catalogueHref="/" />
      </Main>
    );
  }
  // After the answer, so that nobody waits for a counter.
  after(() => countOpening(link.view.linkToken));
  const person = await findViewer();
  const viewer = person && (await actingOn(person, { linkToken: link.view.linkToken }));
  const room = await roomOf(viewer, link.view.linkToken);
  if (room !== "free") {
    const { partner, specification } = link.view;
    const { name, support } = specification.content;
    const view = { why: room, partnerName: partner.name, integrationName: name, support };
    return (
      <Main>
        <DeadLink view={view} catalogueHref="/" />
      </Main>
    );
  }
  const isLimited = (await findLinkPreparation(link.view.linkToken))?.isLimited ?? false;
  return (
    <FlowFrame current="review" {...frameOf(link.view)}>
      {isLimited && <ReservedUse />}
      <ReviewStep
        view={link.view}
        viewerEmail={viewer?.email ?? null}
        acceptance={await acceptanceOf(viewer, link.view)}
        acceptTerms={acceptTermsAction}
      />
    </FlowFrame>
  );
}
