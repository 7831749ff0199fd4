import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";
import { IntegrationField, LinkFields } from "./link-fields";

type Props = { integrations: IntegrationChoice[]; create: FormAction; backHref: string };

/** A link to share. */
export function NewLink({ integrations, create, backHref }: Props) {
  const t = useTranslations("partnerLinks");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={backHref} className="justify-self-start text-sm">
          {t("back")}
        </TextLink>
        <PageHeading title={t("form.title")} />
      </div>
      <Card className="px-4 py-5 sm:px-6">
        {integrations.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("form.none")}</p>
        ) : (
          <ActionForm action={create} className="grid gap-5">
            <FormError />
            <IntegrationField integrations={integrations} />
            <LinkFields given={null} />
            <div>
              <SubmitButton pendingLabel={t("form.pending")}>{t("form.submit")}</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Card>
    </>
  );
}
