"use client";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";

type Props = { ids: readonly string[]; action: FormAction };

/** The question before many connections are ended, with what will happen. */
export function ConfirmSeveral({ ids, action }: Props) {
  const t = useTranslations("connectionList.several");
  const count = ids.length;
  return (
    <ConfirmDialog
      trigger={t("button", { count })}
      triggerVariant="danger"
      title={t("question", { count })}
      description={
        <ul className="grid list-disc gap-1.5 pl-5">
          {["stops", "key", "told"].map((consequence) => (
            <li key={consequence}>{t(consequence)}</li>
          ))}
        </ul>
      }
      keepLabel={t("keep")}
      confirmLabel={t("confirm", { count })}
      pendingLabel={t("pending")}
      action={action}
      hidden={{}}
    >
      {ids.map((id) => (
        <input key={id} type="hidden" name="connectionIds" value={id} />
      ))}
      <Field name="reason" label={t("reason")} help={t("reasonHelp")}>
        <Input maxLength={255} autoComplete="off" />
      </Field>
    </ConfirmDialog>
  );
}
