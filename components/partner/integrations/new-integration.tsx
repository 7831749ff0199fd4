import { KeySquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { DetailHeading } from "@/components/operator/detail-heading";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { DRAFT_LANGUAGES } from "@/lib/catalogue/draft/schema";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";
import type { ApplicationChoice } from "@/lib/partner/specification/schema";

type Props = {
  applications: ApplicationChoice[];
  /** Integrations whose texts can be copied. */
  models: IntegrationChoice[];
  listHref: string;
  applicationsHref: string;
  create: FormAction;
};

function Create({ applications, models, create }: Pick<Props, "applications" | "models" | "create">) {
  const t = useTranslations("integrations.new");
  const stages = useTranslations("partner.stages");
  const languages = useTranslations("editor.languages");
  return (
    <ActionForm action={create} className="grid max-w-xl gap-5">
      <FormError />
      <Field name="name" label={t("name")} help={t("nameHelp")} isRequired>
        <Input maxLength={80} autoComplete="off" />
      </Field>
      <Field name="slug" label={t("slug")} help={t("slugHelp")} isRequired>
        <Input maxLength={60} autoComplete="off" spellCheck={false} />
      </Field>
      <Field name="vendorApplicationId" label={t("application")} help={t("applicationHelp")} isRequired>
        <Select>
          {applications.map(({ id, connectorName, stage, clientId }) => (
            <option key={id} value={id}>
              {t("applicationChoice", { connector: connectorName, stage: stages(stage), clientId })}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="mainLanguage" label={t("language")} isRequired>
        <Select>
          {DRAFT_LANGUAGES.map((value) => (
            <option key={value} value={value}>
              {languages(value)}
            </option>
          ))}
        </Select>
      </Field>
      {models.length > 0 && (
        <Field name="copyOf" label={t("copy")}>
          <Select>
            <option value="">{t("copyNone")}</option>
            {models.map(({ id, name, stage }) => (
              <option key={id} value={id}>
                {name} ({stages(stage === "production" ? "production" : "test")})
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div>
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Makes an integration on a vendor application of the partner's. */
export function NewIntegration({ listHref, applicationsHref, ...form }: Props) {
  const t = useTranslations("integrations.new");
  return (
    <>
      <DetailHeading list={{ href: listHref, label: t("back") }} title={t("title")}>
        <p>{t("intro")}</p>
      </DetailHeading>
      {form.applications.length === 0 ? (
        <EmptyState
          icon={KeySquare}
          title={t("noApplication.title")}
          action={<LinkButton href={applicationsHref}>{t("noApplication.action")}</LinkButton>}
        >
          <p>{t("noApplication.body")}</p>
        </EmptyState>
      ) : (
        <CardSection id="create" title={t("title")}>
          <Create {...form} />
        </CardSection>
      )}
    </>
  );
}
