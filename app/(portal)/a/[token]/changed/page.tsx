import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChangedStep } from "@/components/flow/changed/changed-step";
import { FlowFrame } from "@/components/flow/flow-frame";
import { findChanges } from "@/lib/activation/draft/find-changes";
import { getActor, onRequest } from "../../../acting";
import { acceptTermsAction } from "../actions";
import { frameOf } from "../frame";
import { loadLink } from "../load-link";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changed");
  return { title: t("title"), robots: { index: false } };
}

/** The integration changed under a draft: what is different, and a fresh acceptance. Never a silent swap. */
export default async function ChangedPage({ params }: Props) {
  const { token } = await params;
  const viewer = await getActor({ linkToken: token }, `/a/${token}/changed`);
  const link = await loadLink(token);
  if (link.kind === "dead") redirect(`/a/${token}`);
  const view = await onRequest(viewer, (tx) => findChanges(tx, link.view), token);
  if (!view) redirect(`/a/${token}/environments`);
  return (
    <FlowFrame current="review" {...frameOf(link.view)}>
      <ChangedStep view={view} reviewHref={`/a/${token}`} acceptTerms={acceptTermsAction} />
    </FlowFrame>
  );
}
