import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  pasteKey: FormAction;
  hidden: Record<string, string>;
  connectorName: string;
  /** There is an easier way on the page, whose button comes first. */
  isSecondWay: boolean;
};

/** The field for the key. What is pasted leaves the page encrypted by TLS alone, and is encrypted again before it is kept. */
export function PasteKeyForm({ pasteKey, hidden, connectorName, isSecondWay }: Props) {
  const t = useTranslations("pastedKey.form");
  return (
    <CardSection id="paste" title={t("title")}>
      <ActionForm action={pasteKey} hidden={hidden} className="grid justify-items-start gap-4">
        <FormError className="w-full" />
        <div className="w-full max-w-xl">
          <Field name="key" label={t("label", { connector: connectorName })} help={t("help")} isRequired>
            <Input
              type="password"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={8000}
            />
          </Field>
        </div>
        <SubmitButton
          variant={isSecondWay ? "secondary" : "primary"}
          size="large"
          pendingLabel={t("pending")}
        >
          {t("button")}
        </SubmitButton>
      </ActionForm>
    </CardSection>
  );
}
