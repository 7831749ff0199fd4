import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EnvironmentOption, EnvironmentsView } from "@/lib/activation/draft/schema";
import { PriceWords } from "../price-words";

type Props = {
  view: EnvironmentsView;
  option: EnvironmentOption;
  selectEnvironments: FormAction;
};

/** The one company that a pasted key belongs to. Nobody but the customer can say whether it is the one that was meant. */
export function PastedCompany({ view, option, selectEnvironments }: Props) {
  const t = useTranslations("pastedKey.company");
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("body", { connector: view.connectorName })}</p>
      </PageHeading>
      <Card className="grid gap-5 px-5 py-6 sm:px-8">
        <div className="grid gap-0.5 rounded-lg border border-line bg-sunken px-4 py-3">
          <p className="font-semibold wrap-anywhere">{option.name ?? option.externalId}</p>
          <p className="text-sm text-ink-soft tabular-nums wrap-anywhere">
            {option.businessId ?? t("id", { id: option.externalId })}
          </p>
        </div>
        <div className="text-sm">
          <PriceWords price={view.price} partnerName={view.partnerName} count={1} />
        </div>
        <ActionForm
          action={selectEnvironments}
          hidden={{ linkToken: view.linkToken, candidateIds: option.candidateId }}
          className="grid gap-4"
        >
          <FormError />
          <div className="flex flex-wrap gap-3">
            <SubmitButton size="large" pendingLabel={t("pending")}>
              {t("yes")}
            </SubmitButton>
            {view.pasteHref !== null && (
              <LinkButton href={view.pasteHref} variant="secondary" size="large">
                {t("no")}
              </LinkButton>
            )}
          </div>
        </ActionForm>
      </Card>
    </>
  );
}
