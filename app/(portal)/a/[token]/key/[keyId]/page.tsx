import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { FlowFrame } from "@/components/flow/flow-frame";
import { KeyCheck } from "@/components/flow/pasted-key/key-check";
import { findPastedKey } from "@/lib/activation/pasted-key/queries";
import { onRequest } from "../../../../acting";
import { frameOf, hrefsOf } from "../../frame";
import { loadStep } from "../../load-step";

type Props = { params: Promise<{ token: string; keyId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pastedKey.checking");
  return { title: t("title"), robots: { index: false } };
}

/** What becomes of the pasted key: it is looked at, leads to its company, or is refused with a reason. */
export default async function KeyCheckPage({ params }: Props) {
  const { token, keyId } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "key");
  if (!z.uuid().safeParse(keyId).success) notFound();
  const target = { draftId: draft.id };
  const view = await onRequest(viewer, (tx) => findPastedKey(tx, viewer, target, keyId));
  if (!view) notFound();
  if (view.state === "accepted") redirect(hrefsOf(token).environments);
  return (
    <FlowFrame current="environments" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <KeyCheck
        view={view}
        connector={integration.connector}
        expectedName={null}
        hrefs={{ again: `/a/${token}/key`, requests: "/requests" }}
      />
    </FlowFrame>
  );
}
