import { FlowFrame } from "@/components/flow/flow-frame";
import { ReviewStep } from "@/components/flow/review/review-step";
import type { FormAction } from "@/components/ui/form-state";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";

/** The review page as a customer who is not signed in gets it. Its button does nothing. */
export function ReviewPreview({ view, doNothing }: { view: IntegrationView; doNothing: FormAction }) {
  const { content } = view.specification;
  return (
    <FlowFrame
      current="review"
      integrationName={content.name}
      partnerName={view.partner.name}
      connectorId={view.connector.id}
      connectorName={view.connector.name}
      stage={view.stage}
      hasSettings={content.settings.length > 0}
      hasPartnerSteps={content.partnerSteps.kind !== "none"}
    >
      <ReviewStep view={view} viewerEmail={null} acceptance={null} acceptTerms={doNothing} />
    </FlowFrame>
  );
}
