"use client";
import { useTranslations } from "next-intl";
import type { ButtonSize } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";

type Props = {
  connections: readonly { id: string; label: string }[];
  isTooMany?: boolean;
  size?: ButtonSize;
  action: FormAction;
};

/** The question before many connections are ended, which names them and says what will happen. */
export function ConfirmSeveral({ connections, isTooMany = false, size, action }: Props) {
  const t = useTranslations("connectionList.several");
  const count = connections.length;
  return (
    <ConfirmDialog
      trigger={t("button", { count })}
      triggerVariant="danger"
      triggerSize={size}
      isDisabled={count === 0 || isTooMany}
      title={t("question", { count })}
      description={
        <div className="grid gap-3">
          <ul className="max-h-40 list-none overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2 text-ink">
            {connections.map(({ id, label }) => (
              <li key={id} className="py-0.5 wrap-anywhere">
                {label}
              </li>
            ))}
          </ul>
          <ul className="grid list-disc gap-1.5 pl-5">
            {["stops", "key", "told"].map((consequence) => (
              <li key={consequence}>{t(consequence)}</li>
            ))}
          </ul>
        </div>
      }
      keepLabel={t("keep")}
      confirmLabel={t("confirm", { count })}
      pendingLabel={t("pending")}
      action={action}
      hidden={{}}
    >
      {connections.map(({ id }) => (
        <input key={id} type="hidden" name="connectionIds" value={id} />
      ))}
      <Field name="reason" label={t("reason")} help={t("reasonHelp")}>
        <Input maxLength={MAX_REASON_LENGTH} autoComplete="off" />
      </Field>
    </ConfirmDialog>
  );
}
