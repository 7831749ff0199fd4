"use client";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** Has the worker try once more; when it goes well the task closes by itself. */
export function RetryTask({ taskId, action }: { taskId: string; action: FormAction }) {
  const t = useTranslations("operator.tasks.retry");
  return (
    <ActionForm action={action} hidden={{ taskId }} className="grid gap-3">
      <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      <FormError />
    </ActionForm>
  );
}
