import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox-field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { AgreementWords } from "../specification/agreement-words";

export type Acceptance = { acceptedAt: string; acceptedBy: string; continueHref: string };

type Props = {
  view: IntegrationView;
  viewerEmail: string | null;
  acceptance: Acceptance | null;
  acceptTerms: FormAction;
};

function AcceptedAlready({ acceptance }: { acceptance: Acceptance }) {
  const t = useTranslations("review.accept");
  return (
    <Alert
      tone="success"
      role="note"
      title={t("alreadyTitle")}
      action={
        <LinkButton href={acceptance.continueHref} size="large">
          {t("continue")}
        </LinkButton>
      }
    >
      {t.rich("already", { email: acceptance.acceptedBy, date: () => <Time at={acceptance.acceptedAt} /> })}
    </Alert>
  );
}

/** Accepts exactly the version that is on the page: its id and hash go along. */
export function AcceptForm({ view, viewerEmail, acceptance, acceptTerms }: Props) {
  const t = useTranslations("review.accept");
  if (acceptance) return <AcceptedAlready acceptance={acceptance} />;
  const { id, contentHash, shown, content } = view.specification;
  return (
    <Card className="px-4 py-5 sm:px-6">
      <ActionForm
        action={acceptTerms}
        hidden={{ linkToken: view.linkToken, specificationId: id, contentHash, language: shown.language }}
        className="grid gap-4"
      >
        <FormError />
        <CheckboxField name="accepted">
          {t("checkbox", { version: content.terms.version, partner: view.partner.name })}
          <AgreementWords content={content} />
        </CheckboxField>
        <div className="flex flex-col gap-x-5 gap-y-3 sm:flex-row sm:items-center">
          <SubmitButton size="large" pendingLabel={t("pending")}>
            {viewerEmail ? t("submit") : t("submitSignedOut")}
          </SubmitButton>
          <p className="text-sm text-ink-soft">
            {viewerEmail ? t("recordedAs", { email: viewerEmail }) : t("signedOutHelp")}
          </p>
        </div>
      </ActionForm>
    </Card>
  );
}
