import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FlowFrame } from "@/components/flow/flow-frame";
import { PartnerStepsStep } from "@/components/flow/partner-steps/partner-steps-step";
import { answerFormAction } from "../actions";
import { loadRequest } from "../load-request";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.flow.steps");
  return { title: t("partner-steps"), robots: { index: false } };
}

/** Step 5: what the partner asks for before it decides. */
export default async function PartnerStepsPage({ params }: Props) {
  const { id } = await params;
  const { view } = await loadRequest(id, `/requests/${id}/partner-steps`);
  if (view.state !== "awaiting_partner" || view.partnerSteps.kind === "none") redirect(`/requests/${id}`);
  return (
    <FlowFrame
      current="partner-steps"
      integrationName={view.integrationName}
      partnerName={view.partnerName}
      connectorId={view.connectorId}
      connectorName={view.connectorName}
      stage={view.stage}
      hasSettings={view.settings.length > 0}
      hasPartnerSteps
    >
      <PartnerStepsStep
        request={view}
        submitForm={answerFormAction}
        openPageUrl={`/requests/${id}/partner-page`}
        statusHref={`/requests/${id}`}
      />
    </FlowFrame>
  );
}
