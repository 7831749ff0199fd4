"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { invite: FormAction; roles: { value: string; label: string }[]; defaultRole: string };

/** Asks for an address and a role, and says when the invitation is on its way. */
export function InviteMemberForm({ invite, roles, defaultRole }: Props) {
  const t = useTranslations("partner.invite");
  const address = useRef<HTMLInputElement>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const noteSent = () => {
    setSentTo(address.current?.value ?? null);
    if (address.current) address.current.value = "";
  };
  return (
    <ActionForm action={invite} onOk={noteSent} className="grid gap-4">
      <FormError />
      <div aria-live="polite" className="empty:hidden">
        {sentTo && (
          <Alert tone="success" role="note">
            {t("sent", { email: sentTo })}
          </Alert>
        )}
      </div>
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
      <Field name="role" label={t("role")} isRequired>
        <Select defaultValue={defaultRole}>
          {roles.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div>
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
