import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import type { ApplicationFieldView } from "@/lib/partner/application/schema";

type Props = {
  kind: "new" | "change";
  connectorName: string;
  name: string | null;
  stage: string;
  fields: ApplicationFieldView[];
  isClientIdFixed: boolean;
  hidden: Record<string, string>;
  hrefs: { back: string; other: string | null };
  save: FormAction;
};

function ApplicationField({ field, isFixed }: { field: ApplicationFieldView; isFixed: boolean }) {
  const t = useTranslations("partnerApplications.form");
  const { name, title, help, whereToFind, replacing, isThere, isSecret, isMultiline } = field;
  const shared = { autoComplete: "off", spellCheck: false, placeholder: field.placeholder ?? undefined };
  return (
    <Field
      name={name}
      label={title}
      isRequired={field.isRequired && !isThere}
      help={
        <>
          {help}
          {whereToFind && <span className="block">{t("whereToFind", { where: whereToFind })}</span>}
          {isThere && <span className="block font-medium text-ink">{t("keep")}</span>}
          {isThere && replacing && <span className="block">{replacing}</span>}
          {isFixed && <span className="block font-medium text-ink">{t("clientIdFixed")}</span>}
        </>
      }
    >
      {isMultiline ? (
        <Textarea {...shared} maxLength={9000} rows={6} className="font-mono text-xs" />
      ) : (
        <Input
          {...shared}
          type={isSecret ? "password" : "text"}
          // Browsers offer no saved sign-in for a new password.
          autoComplete={isSecret ? "new-password" : "off"}
          defaultValue={field.value ?? undefined}
          readOnly={isFixed}
          maxLength={4000}
        />
      )}
    </Field>
  );
}

/** What the connector's manifest asks for, in its own words. */
export function ApplicationForm(props: Props) {
  const { kind, connectorName, name, fields, isClientIdFixed, hidden, hrefs, save } = props;
  const t = useTranslations("partnerApplications");
  const stages = useTranslations("partner.stages");
  const stage = stages(props.stage === "production" ? "production" : "test");
  const parts = [
    { id: "settings", isSecret: false },
    { id: "secrets", isSecret: true },
  ] as const;
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={hrefs.back} className="justify-self-start text-sm">
          {name ?? t("back")}
        </TextLink>
        <PageHeading
          title={
            kind === "new"
              ? t("form.newTitle", { connector: connectorName })
              : t("form.changeTitle", { connector: connectorName, name: name ?? "" })
          }
        >
          <p>
            {kind === "new"
              ? t("form.newIntro", { stage, connector: connectorName })
              : t("form.changeIntro", { connector: connectorName })}
          </p>
        </PageHeading>
        {hrefs.other && (
          <TextLink href={hrefs.other} className="justify-self-start text-sm">
            {t("form.otherChoice")}
          </TextLink>
        )}
      </div>
      <ActionForm action={save} hidden={hidden} className="grid gap-6">
        <FormError />
        {parts.map(({ id, isSecret }) => (
          <CardSection
            key={id}
            id={id}
            title={t(`form.${id}`)}
            intro={isSecret ? t("form.secretsIntro") : undefined}
          >
            <div className="grid gap-5">
              {fields
                .filter((field) => field.isSecret === isSecret)
                .map((field) => (
                  <ApplicationField
                    key={field.name}
                    field={field}
                    isFixed={isClientIdFixed && field.name === "clientId"}
                  />
                ))}
            </div>
          </CardSection>
        ))}
        <div>
          <SubmitButton pendingLabel={t("form.saving")}>
            {t(kind === "new" ? "form.submitNew" : "form.submitChange")}
          </SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}
