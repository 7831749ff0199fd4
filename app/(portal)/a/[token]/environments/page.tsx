import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EnvironmentsStep } from "@/components/flow/environments/environments-step";
import { FlowFrame } from "@/components/flow/flow-frame";
import { getEnvironmentsView } from "@/lib/activation/draft/environments-view";
import { getWebEnv } from "@/lib/platform/env";
import { onRequest } from "../../../acting";
import { beginConsentAction, removeConsentAction, selectEnvironmentsAction } from "../actions";
import { frameOf, handOverHrefFor, hrefsOf } from "../frame";
import { loadStep } from "../load-step";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("environments");
  return { title: t("title"), robots: { index: false } };
}

/** Step 3: the consent at the vendor, and which environments. */
export default async function EnvironmentsPage({ params }: Props) {
  const { token } = await params;
  const { viewer, integration, draft, note } = await loadStep(token, "environments");
  const view = await onRequest(viewer, (tx) => getEnvironmentsView(tx, viewer, draft, integration), token);
  return (
    <FlowFrame current="environments" {...frameOf(integration)} note={note} hrefs={hrefsOf(token)}>
      <EnvironmentsStep
        view={view}
        actions={{
          beginConsent: beginConsentAction,
          removeConsent: removeConsentAction,
          selectEnvironments: selectEnvironmentsAction,
        }}
        handOverHref={handOverHrefFor(viewer, token)}
        shareUrl={`${getWebEnv().KYTKIN_PUBLIC_URL}/a/${token}`}
      />
    </FlowFrame>
  );
}
