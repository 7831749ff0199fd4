"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** Answers with the password itself, once. */
export type RenewPassword = (
  previous: FormState,
  data: FormData,
) => Promise<FormState | { status: "ok"; password: string }>;

type Props = { connectionId: string; hasPassword: boolean; renew: RenewPassword };

/** Makes a password and shows it: it is in this page alone, until the page is left. */
export function PasswordForm({ connectionId, hasPassword, renew }: Props) {
  const t = useTranslations("sftp.password");
  const [password, setPassword] = useState<string | null>(null);
  const renewAndShow: FormAction = async (previous, data) => {
    const answer = await renew(previous, data);
    if (!("password" in answer)) return answer;
    setPassword(answer.password);
    return { status: "ok" };
  };
  const hidden = { connectionId };
  return (
    <div className="grid justify-items-start gap-3">
      <div aria-live="polite" className="w-full empty:hidden">
        {password && (
          <Alert tone="success" role="note" title={t("shown")}>
            <div className="grid justify-items-start gap-2 pt-1">
              <code className="text-sm wrap-anywhere">{password}</code>
              <CopyButton text={password} label={t("copy")} />
            </div>
          </Alert>
        )}
      </div>
      {hasPassword ? (
        <ConfirmDialog
          trigger={t("renew")}
          triggerSize="small"
          title={t("renewTitle")}
          description={t("renewBody")}
          keepLabel={t("keep")}
          confirmLabel={t("make")}
          pendingLabel={t("pending")}
          action={renewAndShow}
          hidden={hidden}
        />
      ) : (
        <ActionForm action={renewAndShow} hidden={hidden} className="grid gap-3">
          <FormError />
          <SubmitButton size="small" pendingLabel={t("pending")}>
            {t("make")}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}
