import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { ProfileView } from "@/lib/people/profile/schema";
import type { ProfileActions } from "./profile-actions";

function Pending({
  change,
  cancel,
}: {
  change: NonNullable<ProfileView["pendingChange"]>;
  cancel: ProfileActions["cancelEmailChange"];
}) {
  const t = useTranslations("profile.email.waiting");
  return (
    <Alert
      tone="info"
      title={t("title", { email: change.email })}
      action={
        <ActionForm action={cancel} className="grid justify-items-start gap-2">
          <FormError />
          <SubmitButton variant="secondary" size="small" pendingLabel={t("cancelling")}>
            {t("cancel")}
          </SubmitButton>
        </ActionForm>
      }
    >
      {t.rich("body", { time: () => <Time at={change.expiresAt} /> })}
    </Alert>
  );
}

type Props = {
  pendingChange: ProfileView["pendingChange"];
  actions: Pick<ProfileActions, "changeEmail" | "cancelEmailChange">;
};

/** Another address to sign in by: asked for here, confirmed there. */
export function EmailForm({ pendingChange, actions }: Props) {
  const t = useTranslations("profile.email");
  return (
    <div className="grid gap-4">
      {pendingChange && <Pending change={pendingChange} cancel={actions.cancelEmailChange} />}
      <ActionForm key={pendingChange?.email} action={actions.changeEmail} className="grid gap-4">
        <FormError />
        <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
          <Field name="email" label={t("label")} isRequired>
            <Input type="email" autoComplete="off" inputMode="email" spellCheck={false} maxLength={400} />
          </Field>
          <SubmitButton variant="secondary" pendingLabel={t("pending")}>
            {t("submit")}
          </SubmitButton>
        </div>
      </ActionForm>
      <p className="text-sm text-ink-soft">{t("help")}</p>
    </div>
  );
}
