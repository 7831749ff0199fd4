import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SavedNote } from "@/components/ui/saved-note";
import { SubmitButton } from "@/components/ui/submit-button";

/** The account's name, as its members and whoever is invited see it. */
export function RenameForm({ name, rename }: { name: string; rename: FormAction }) {
  const t = useTranslations("account.name");
  return (
    <ActionForm action={rename} className="grid">
      <FormError className="mb-4" />
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Field name="name" label={t("label")} isRequired>
          <Input key={name} defaultValue={name} autoComplete="organization" maxLength={80} />
        </Field>
        <SubmitButton variant="secondary" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </div>
      <SavedNote>{t("saved")}</SavedNote>
    </ActionForm>
  );
}
