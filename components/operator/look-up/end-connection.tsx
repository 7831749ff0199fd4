import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import { TYPED_LENGTH } from "@/lib/operations/end/schema";

type Props = {
  connection: { id: string; partnerName: string };
  /** Gets `connectionId`, `reason` and `typed`. */
  end: FormAction;
};

/** The operator's way to end a connection, with what it does before it does. */
export function EndConnection({ connection, end }: Props) {
  const t = useTranslations("operator.end");
  const values = { partner: connection.partnerName };
  return (
    <CardSection id="end" title={t("title")}>
      <div className="grid max-w-xl gap-5 text-sm">
        <ul className="grid list-disc gap-1.5 pl-5">
          {["stops", "key", "told"].map((consequence) => (
            <li key={consequence}>{t(consequence, values)}</li>
          ))}
        </ul>
        <ActionForm action={end} hidden={{ connectionId: connection.id }} className="grid gap-4">
          <FormError />
          <Field name="reason" label={t("reason")} help={t("reasonHelp")} isRequired>
            <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
          </Field>
          <Field
            name="typed"
            label={t.rich("typed", {
              id: connection.id.slice(0, TYPED_LENGTH),
              code: (chunks) => <code>{chunks}</code>,
            })}
            isRequired
          >
            <Input autoComplete="off" spellCheck={false} />
          </Field>
          <div>
            <SubmitButton variant="danger" pendingLabel={t("pending")}>
              {t("confirm")}
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </CardSection>
  );
}
