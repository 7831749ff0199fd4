import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox-field";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { langOf } from "@/components/ui/lang-of";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { OutsideLink } from "@/components/ui/text-link";
import { ACCEPTED, type FormFormat } from "@/lib/catalogue/integration/formats";
import type { FormField } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";

function ControlOf({ field, lang }: { field: FormField; lang: string }) {
  const t = useTranslations("partnerSteps.form");
  if (field.type === "choice") {
    return (
      <Select defaultValue="">
        <option value="">{t("choose")}</option>
        {field.choices.map(({ value, label }) => (
          <option key={value} value={value} lang={lang}>
            {label}
          </option>
        ))}
      </Select>
    );
  }
  const format = field.type === "text" ? field.format : undefined;
  return (
    <Input
      type={field.type === "email" ? "email" : format === undefined ? "text" : INPUT_TYPES[format]}
      inputMode={format === "whole_number" ? "numeric" : undefined}
      maxLength={field.maxLength}
      autoComplete={field.type === "email" ? "email" : format === "phone" ? "tel" : undefined}
    />
  );
}

/** The keyboards that phones show; what is right is said by the server. */
const INPUT_TYPES: Readonly<Record<FormFormat, "text" | "tel" | "url">> = {
  business_id: "text",
  phone: "tel",
  whole_number: "text",
  web_address: "url",
  iban: "text",
};

/** Something to accept: a tick, and where it can be read. */
function AcceptField({ field, lang }: { field: FormField; lang: string }) {
  const t = useTranslations("partnerSteps.form");
  return (
    <CheckboxField name={field.name} value={ACCEPTED}>
      <span lang={lang}>{field.label}</span>
      {field.url && (
        <>
          {" "}
          <OutsideLink href={field.url}>{t("readHere")}</OutsideLink>
        </>
      )}
      {field.help && (
        <span lang={lang} className="block text-ink-soft">
          {field.help}
        </span>
      )}
    </CheckboxField>
  );
}

function QuestionField({ field, lang }: { field: FormField; lang: string }) {
  if (field.type === "accept") return <AcceptField field={field} lang={lang} />;
  return (
    <Field
      name={field.name}
      label={<span lang={lang}>{field.label}</span>}
      help={field.help && <span lang={lang}>{field.help}</span>}
      isRequired={field.required}
    >
      <ControlOf field={field} lang={lang} />
    </Field>
  );
}

type Props = {
  requestId: string;
  partnerName: string;
  fields: FormField[];
  /** The language of the fields' words. */
  language: TextLanguage;
  submitForm: FormAction;
};

/** The partner's own questions, asked by us. */
export function PartnerForm({ requestId, partnerName, fields, language, submitForm }: Props) {
  const lang = langOf(language);
  const t = useTranslations("partnerSteps.form");
  return (
    <Card className="px-4 py-5 sm:px-6">
      <ActionForm action={submitForm} hidden={{ requestId }} className="grid max-w-xl gap-5">
        <FormError />
        {fields.map((field) => (
          <QuestionField key={field.name} field={field} lang={lang} />
        ))}
        <div className="grid justify-items-start gap-3">
          <SubmitButton size="large" pendingLabel={t("pending")} className="w-full sm:w-auto">
            {t("submit")}
          </SubmitButton>
          <p className="text-sm text-ink-soft">{t("whoReads", { partner: partnerName })}</p>
        </div>
      </ActionForm>
    </Card>
  );
}
