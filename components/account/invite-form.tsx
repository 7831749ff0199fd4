"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  invite: FormAction;
  hidden?: Record<string, string>;
  /** Says what the button does; "Send the invitation" when left out. */
  label?: string;
  /** Fields above the address. */
  children?: ReactNode;
};

/** Asks for an address, and says when the invitation is on its way. */
export function InviteForm({ invite, hidden, label, children }: Props) {
  const t = useTranslations("account.invite");
  const address = useRef<HTMLInputElement>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const noteSent = () => {
    setSentTo(address.current?.value ?? null);
    if (address.current) address.current.value = "";
  };
  return (
    <ActionForm action={invite} hidden={hidden} onOk={noteSent} className="grid">
      <FormError className="mb-4" />
      <div aria-live="polite" className="not-empty:mb-4">
        {sentTo && (
          <Alert tone="success" role="note">
            {t("sent", { email: sentTo })}
          </Alert>
        )}
      </div>
      {children}
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Field name="email" label={t("email")} isRequired>
          <Input
            ref={address}
            type="email"
            autoComplete="off"
            inputMode="email"
            spellCheck={false}
            maxLength={400}
          />
        </Field>
        <SubmitButton pendingLabel={t("pending")}>{label ?? t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
