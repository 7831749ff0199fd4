import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox-field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { ChangedView } from "@/lib/activation/draft/schema";
import { AgreementWords } from "../specification/agreement-words";
import { DifferenceRow } from "./difference-row";

type Props = {
  view: ChangedView;
  reviewHref: string;
  /** Gets `linkToken`, `specificationId`, `contentHash`, `language` and `accepted`. */
  acceptTerms: FormAction;
};

/** The integration changed under a draft: what is different, and a fresh acceptance. */
export function ChangedStep({ view, reviewHref, acceptTerms }: Props) {
  const t = useTranslations("changed");
  const { linkToken, specificationId, contentHash, language, content, partnerName } = view;
  const sides = { partner: partnerName, connector: { id: view.connectorId, name: view.connectorName } };
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro", { partner: partnerName, count: view.differences.length })}</p>
      </PageHeading>
      <Card>
        <ul aria-label={t("listLabel")} className="divide-y divide-line">
          {view.differences.map((difference) => (
            <DifferenceRow key={difference.field} difference={difference} sides={sides} />
          ))}
        </ul>
      </Card>
      <Card className="px-4 py-5 sm:px-6">
        <ActionForm
          action={acceptTerms}
          hidden={{ linkToken, specificationId, contentHash, language }}
          className="grid justify-items-start gap-4"
        >
          <FormError className="w-full" />
          <CheckboxField name="accepted">
            {t("checkbox", { version: content.terms.version, partner: partnerName })}
            <AgreementWords content={content} />
          </CheckboxField>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
            <SubmitButton size="large" pendingLabel={t("pending")}>
              {t("submit")}
            </SubmitButton>
            <TextLink href={reviewHref} className="text-sm">
              {t("readAll")}
            </TextLink>
          </div>
        </ActionForm>
      </Card>
    </>
  );
}
