"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";

/** The secret is in this answer alone. `href`: where its endpoint is, when it was made with it. */
export type SecretAnswer = { status: "ok"; secret: string; href: string | null };
export type SecretAction = (previous: FormState, data: FormData) => Promise<FormState | SecretAnswer>;

type Props = {
  action: SecretAction;
  className?: string;
  /** The form is done with once it has answered. */
  isOnce?: boolean;
  children: ReactNode;
};

/** A form whose answer is a secret, which is shown until the page is left. */
export function SecretForm({ action, className, isOnce = false, children }: Props) {
  const t = useTranslations("partnerWebhooks.secret");
  const [answer, setAnswer] = useState<SecretAnswer | null>(null);
  const show: FormAction = async (previous, data) => {
    const given = await action(previous, data);
    if (!("secret" in given)) return given;
    setAnswer(given);
    return { status: "ok" };
  };
  return (
    <div className="grid gap-4">
      <div aria-live="polite" className="empty:hidden">
        {answer && (
          <Alert tone="success" role="note" title={t("shown")}>
            <div className="grid justify-items-start gap-2 pt-1">
              <code className="text-xs wrap-anywhere">{answer.secret}</code>
              <div className="flex flex-wrap gap-2">
                <CopyButton text={answer.secret} label={t("copy")} />
                {answer.href && (
                  <LinkButton href={answer.href} variant="secondary" size="small">
                    {t("toEndpoint")}
                  </LinkButton>
                )}
              </div>
            </div>
          </Alert>
        )}
      </div>
      {!(isOnce && answer) && (
        <ActionForm action={show} className={className}>
          <FormError />
          {children}
        </ActionForm>
      )}
    </div>
  );
}
