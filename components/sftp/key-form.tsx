"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

/** Answers with the key's fingerprint, for the customer to compare. */
export type AddKey = (
  previous: FormState,
  data: FormData,
) => Promise<FormState | { status: "ok"; fingerprint: string }>;

/** Takes a public key that is pasted. */
export function KeyForm({ connectionId, add }: { connectionId: string; add: AddKey }) {
  const t = useTranslations("sftp.keys");
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  const pasted = useRef<HTMLTextAreaElement>(null);
  const addAndShow: FormAction = async (previous, data) => {
    const answer = await add(previous, data);
    setFingerprint("fingerprint" in answer ? answer.fingerprint : null);
    if (!("fingerprint" in answer)) return answer;
    if (pasted.current) pasted.current.value = "";
    return { status: "ok" };
  };
  return (
    <ActionForm action={addAndShow} hidden={{ connectionId }} className="grid justify-items-start gap-3">
      <FormError />
      <div aria-live="polite" className="w-full empty:hidden">
        {fingerprint && (
          <Alert tone="success" role="note">
            {t("addedNow")} <code className="text-xs wrap-anywhere">{fingerprint}</code>
          </Alert>
        )}
      </div>
      <div className="w-full">
        <Field name="key" label={t("label")} help={t("help")} isRequired>
          <Textarea
            ref={pasted}
            rows={3}
            spellCheck={false}
            autoComplete="off"
            placeholder="ssh-ed25519 AAAA…"
            className="min-h-20 font-mono text-xs"
          />
        </Field>
      </div>
      <SubmitButton size="small" variant="secondary" pendingLabel={t("pending")}>
        {t("submit")}
      </SubmitButton>
    </ActionForm>
  );
}
