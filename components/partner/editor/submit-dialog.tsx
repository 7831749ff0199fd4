"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Textarea } from "@/components/ui/textarea";
import type { ChangeVerdict } from "@/lib/catalogue/integration/schema";
import { ChangeVerdictNote } from "../change-verdict-note";

type Props = {
  submit: FormAction;
  revision: number;
  /** What must be put right first. */
  musts: number;
  isSaved: boolean;
  isOnItsWay: boolean;
  /** What it means for those who accepted the published version. */
  change: ChangeVerdict | null;
  connectorId: string;
};

/** Sends the draft to the operator. Why it cannot be sent now is said beside the button. */
export function SubmitDialog({ submit, revision, musts, isSaved, isOnItsWay, change, connectorId }: Props) {
  const t = useTranslations("editor.submit");
  const id = useId();
  const because = isOnItsWay ? t("onItsWay") : musts > 0 ? t("musts", { count: musts }) : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {because && (
        <p id={id} className="text-xs text-ink-soft">
          {because}
        </p>
      )}
      <ConfirmDialog
        trigger={t("open")}
        triggerVariant="primary"
        triggerSize="small"
        isDisabled={because !== null || !isSaved}
        title={t("title")}
        description={t("body")}
        keepLabel={t("keep")}
        confirmLabel={t("confirm")}
        confirmVariant="primary"
        pendingLabel={t("pending")}
        action={submit}
        hidden={{ revision: String(revision) }}
      >
        {change && <ChangeVerdictNote change={change} connectorId={connectorId} />}
        <Field name="note" label={t("note")} help={t("noteHelp")}>
          <Textarea maxLength={2000} rows={3} />
        </Field>
      </ConfirmDialog>
    </div>
  );
}
