"use client";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** Queues the mail anew; its row moves to the queued ones. */
export function ResendMail({ mailId, action }: { mailId: string; action: FormAction }) {
  const t = useTranslations("operator.mails.resend");
  return (
    <ActionForm action={action} hidden={{ mailId }} className="grid max-w-full gap-2">
      <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
        {t("submit")}
      </SubmitButton>
      <FormError />
    </ActionForm>
  );
}
