"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

/** A note for colleagues; the field is empty again once it is kept. */
export function NoteForm({ requestId, addNote }: { requestId: string; addNote: FormAction }) {
  const t = useTranslations("partner.note");
  const body = useRef<HTMLTextAreaElement>(null);
  const empty = () => {
    if (body.current) body.current.value = "";
  };
  return (
    <ActionForm action={addNote} hidden={{ requestId }} onOk={empty} className="grid gap-3">
      <FormError />
      <Field name="body" label={t("label")} isRequired>
        <Textarea ref={body} maxLength={2000} rows={2} className="min-h-16" />
      </Field>
      <div>
        <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
