import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeadLink } from "@/components/flow/dead-link/dead-link";
import { FlowFrame } from "@/components/flow/flow-frame";
import { ReviewStep } from "@/components/flow/review/review-step";
import { Main } from "@/components/shell/container";
import { findAcceptance } from "@/lib/activation/draft/find-acceptance";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { findViewer } from "@/lib/people/auth/viewer";
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
  const person = await findViewer();
  const viewer = person && (await actingOn(person, { linkToken: link.view.linkToken }));
  return (
    <FlowFrame current="review" {...frameOf(link.view)}>
      <ReviewStep
        view={link.view}
        viewerEmail={viewer?.email ?? null}
        acceptance={await acceptanceOf(viewer, link.view)}
        acceptTerms={acceptTermsAction}
      />
    </FlowFrame>
  );
}
