import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";
import { IntegrationField, LanguageField } from "./link-fields";

type Props = {
  integrations: IntegrationChoice[];
  /** The partner's return addresses. */
  allowed: string[];
  create: FormAction;
  backHref: string;
};

/** A link for one customer, as the partner's software makes them. */
export function NewSession({ integrations, allowed, create, backHref }: Props) {
  const t = useTranslations("partnerLinks");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={backHref} className="justify-self-start text-sm">
          {t("backToSessions")}
        </TextLink>
        <PageHeading title={t("session.title")}>
          <p>{t("sessionsIntro")}</p>
        </PageHeading>
      </div>
      <Card className="px-4 py-5 sm:px-6">
        {integrations.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("form.none")}</p>
        ) : (
          <ActionForm action={create} className="grid gap-5">
            <FormError />
            <IntegrationField integrations={integrations} />
            <Field
              name="customerRef"
              label={t("session.customerRef")}
              help={t("session.customerRefHelp")}
              isRequired
            >
              <Input maxLength={200} autoComplete="off" spellCheck={false} />
            </Field>
            <Field name="email" label={t("session.email")} help={t("session.emailHelp")}>
              <Input type="email" maxLength={400} autoComplete="off" spellCheck={false} />
            </Field>
            <Field name="businessIds" label={t("session.businessIds")} help={t("session.businessIdsHelp")}>
              <Textarea rows={3} maxLength={9000} spellCheck={false} className="min-h-20" />
            </Field>
            <LanguageField given={null} />
            <Field
              name="returnUrl"
              label={t("session.returnUrl")}
              help={
                <>
                  {t("session.returnUrlHelp")}
                  <span className="block wrap-anywhere">
                    {allowed.length === 0
                      ? t("session.noneAllowed")
                      : t("session.allowed", { addresses: allowed.join(", ") })}
                  </span>
                </>
              }
            >
              <Input type="url" maxLength={2000} autoComplete="off" spellCheck={false} />
            </Field>
            <div>
              <SubmitButton pendingLabel={t("form.pending")}>{t("session.submit")}</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Card>
    </>
  );
}
