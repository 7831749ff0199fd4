import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { RelativeTime } from "@/components/ui/time";
import { AuthCard } from "./auth-card";

type Props = {
  maskedEmail: string;
  /** Browser that asked, e.g. "Firefox on Windows"; null when it did not say. */
  browser: string | null;
  requestedAt: string;
  /** False when this browser did not ask for the link. */
  isSameBrowser: boolean;
  /** Completes the sign-in. The page itself changes nothing, since mail scanners open links. */
  confirm: FormAction;
  /** What the form needs to name the link. */
  hidden: Record<string, string>;
};

/** Behind the link in the mail: who is about to sign in, asked from where. */
export function ConfirmSignIn({ maskedEmail, browser, requestedAt, isSameBrowser, confirm, hidden }: Props) {
  const t = useTranslations("auth.confirm");
  return (
    <AuthCard title={t("title", { email: maskedEmail })} intro={t("intro")}>
      {!isSameBrowser && (
        <Alert tone="warning" title={t("otherBrowser.title")}>
          {t("otherBrowser.body", { email: maskedEmail })}
        </Alert>
      )}
      <DescriptionList>
        <Description term={t("account")}>
          <span className="wrap-anywhere">{maskedEmail}</span>
        </Description>
        <Description term={t("browser")}>{browser ?? t("unknownBrowser")}</Description>
        <Description term={t("time")}>
          <RelativeTime at={requestedAt} />
        </Description>
      </DescriptionList>
      <ActionForm action={confirm} hidden={hidden} className="grid gap-4">
        <FormError />
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
        <p className="text-sm text-ink-soft">{t("notYou")}</p>
      </ActionForm>
    </AuthCard>
  );
}
