import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { AuthCard } from "./auth-card";

type Props = {
  email: string;
  callbackUrl: string;
  /** Of the acceptance that the request came of; null when it came of none. */
  acceptance: string | null;
  /** Gets `code` and `callbackUrl`. */
  enterCode: FormAction;
  /** Gets `email`, `callbackUrl` and `acceptance`; sends a new mail. */
  requestLink: FormAction;
  signInHref: string;
};

/** The waiting tab: the link in the mail, or the code typed here. */
export function CheckYourMail({ email, callbackUrl, acceptance, enterCode, requestLink, signInHref }: Props) {
  const t = useTranslations("auth.checkMail");
  return (
    <AuthCard
      title={t("title")}
      intro={t.rich("intro", {
        email,
        b: (chunks) => <span className="font-medium wrap-anywhere text-ink">{chunks}</span>,
      })}
    >
      <ActionForm action={enterCode} hidden={{ callbackUrl }} className="grid gap-4">
        <FormError />
        <Field name="code" label={t("code")} help={t("codeHelp")} isRequired>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]*"
            maxLength={60}
            spellCheck={false}
            className="max-w-44 text-center text-xl! tracking-[0.3em] tabular-nums"
          />
        </Field>
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </ActionForm>
      <Disclosure summary={t("noMail.summary")}>
        <div className="grid gap-3 pl-5.5 text-sm text-ink-soft">
          <p>{t("noMail.body")}</p>
          <ActionForm
            action={requestLink}
            hidden={{ email, callbackUrl, ...(acceptance !== null && { acceptance }) }}
            className="grid justify-items-start gap-3"
          >
            <FormError />
            <SubmitButton variant="secondary" size="small" pendingLabel={t("noMail.pending")}>
              {t("noMail.again")}
            </SubmitButton>
          </ActionForm>
          <p>
            <TextLink href={signInHref}>{t("noMail.otherAddress")}</TextLink>
          </p>
        </div>
      </Disclosure>
    </AuthCard>
  );
}
