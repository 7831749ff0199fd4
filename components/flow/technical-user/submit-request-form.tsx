import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TechnicalUserView } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";

type Props = { view: TechnicalUserView; submitRequest: FormAction };

/** Submits, and says before what that sets going. */
export function SubmitRequestForm({ view, submitRequest }: Props) {
  const t = useTranslations("technicalUser.submit");
  const words = useVendorWords(view.connector.id, "technicalUser.submit");
  const values = {
    partner: view.partnerName,
    connector: view.connector.name,
    count: view.environments.length,
  };
  const pasted = useTranslations("pastedKey.technicalUser");
  const next = [
    words(`next.${view.isWithPartnerSteps ? "partnerSteps" : "partnerDecides"}`, values),
    view.isKeyPasted ? pasted("keyUsed", values) : words("next.userAdded", values),
    words("next.mail", values),
  ];
  return (
    <Card className="px-4 py-5 sm:px-6">
      <h2 className="font-semibold">{t("title")}</h2>
      <ol className="grid list-decimal gap-1 py-3 pl-5 text-sm marker:text-ink-soft">
        {next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ActionForm
        action={submitRequest}
        hidden={{
          linkToken: view.linkToken,
          specificationId: view.specificationId,
          contentHash: view.contentHash,
        }}
        className="grid justify-items-start gap-4 pt-1"
      >
        <FormError className="w-full" />
        <SubmitButton
          size="large"
          disabled={view.preflight?.isRunning || view.preflight?.isBlocked}
          pendingLabel={t("pending")}
          className="w-full sm:w-auto"
        >
          {t("button", values)}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}
