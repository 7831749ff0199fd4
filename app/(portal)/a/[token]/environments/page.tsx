import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EnvironmentsStep } from "@/components/flow/environments/environments-step";
import { FlowFrame } from "@/components/flow/flow-frame";
import { getEnvironmentsView } from "@/lib/activation/draft/environments-view";
import { getWebEnv } from "@/lib/platform/env";
import { asCustomer } from "../../../as-customer";
import { beginConsentAction, selectEnvironmentsAction } from "../actions";
import { frameOf, hrefsOf } from "../frame";
import { loadStep } from "../load-step";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("environments");
  return { title: t("title"), robots: { index: false } };
}

/** Step 3: the consent at the vendor, and which environments. */
export default async function EnvironmentsPage({ params }: Props) {
  const { token } = await params;
  const { viewer, integration, draft } = await loadStep(token, "environments");
  const view = await asCustomer(viewer, (tx) => getEnvironmentsView(tx, draft, integration), token);
  return (
    <FlowFrame current="environments" {...frameOf(integration)} hrefs={hrefsOf(token)}>
      <EnvironmentsStep
        view={view}
        actions={{ beginConsent: beginConsentAction, selectEnvironments: selectEnvironmentsAction }}
        handOverHref={`/a/${token}/hand-over`}
        shareUrl={`${getWebEnv().KYTKIN_PUBLIC_URL}/a/${token}`}
      />
    </FlowFrame>
  );
}
