"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

/** Ends a task with a sentence about what was done, for whoever reads it later. */
export function ResolveTask({ taskId, action }: { taskId: string; action: FormAction }) {
  const t = useTranslations("operator.tasks.resolve");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setIsOpen(true)}>
        {t("open")}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title={t("title")} description={t("body")}>
        <ActionForm action={action} hidden={{ taskId }} onOk={() => setIsOpen(false)} className="grid gap-4">
          <FormError />
          <Field name="resolution" label={t("resolution")} help={t("help")} isRequired>
            <Textarea maxLength={500} />
          </Field>
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button variant="secondary" onClick={() => setIsOpen(false)}>
              {t("keep")}
            </Button>
            <SubmitButton pendingLabel={t("pending")}>{t("confirm")}</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}
