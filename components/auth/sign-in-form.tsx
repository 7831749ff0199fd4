import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SignInReason } from "@/lib/people/auth/schema";
import { AuthCard } from "./auth-card";

type Props = {
  /** Gets `email` and what is hidden. */
  requestLink: FormAction;
  /** Where to go after signing in, a path of ours; and the acceptance that asked for it, if one did. */
  hidden: { callbackUrl: string; acceptance?: string };
  /** Key of `auth.reason`: why one is here; null when by choice. */
  reason: SignInReason | null;
  /** The address that the field begins with. */
  email?: string | null;
};

/** Signs in by e-mail; there are no passwords. */
export function SignInForm({ requestLink, hidden, reason, email = null }: Props) {
  const t = useTranslations("auth");
  return (
    <AuthCard title={t("signIn.title")} intro={t("signIn.intro")}>
      {reason && (
        <Alert tone="info" role="note">
          {t(`reason.${reason}`)}
        </Alert>
      )}
      <ActionForm action={requestLink} hidden={hidden} className="grid gap-4">
        <FormError />
        <Field name="email" label={t("signIn.email")} isRequired>
          <Input
            type="email"
            autoComplete="email"
            inputMode="email"
            spellCheck={false}
            maxLength={400}
            defaultValue={email ?? ""}
          />
        </Field>
        <SubmitButton size="large" pendingLabel={t("signIn.pending")}>
          {t("signIn.submit")}
        </SubmitButton>
        <p className="text-sm text-ink-soft">{t("signIn.newHere")}</p>
      </ActionForm>
    </AuthCard>
  );
}
