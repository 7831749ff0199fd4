import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  logIn: FormAction;
  hidden: Record<string, string>;
  connectorName: string;
  /** The customer came back without having finished it. */
  isUnfinished: boolean;
};

/** The vendor's login page makes the key, in the place of the last steps of its menus. */
export function KeyLoginForm({ logIn, hidden, connectorName, isUnfinished }: Props) {
  const t = useTranslations("pastedKey.login");
  return (
    <CardSection id="login" title={t("title", { connector: connectorName })}>
      <ActionForm action={logIn} hidden={hidden} className="grid justify-items-start gap-4">
        <FormError className="w-full" />
        {isUnfinished && (
          <Alert tone="warning" className="w-full">
            {t("unfinished", { connector: connectorName })}
          </Alert>
        )}
        <p className="max-w-prose text-sm text-ink-soft">{t("body", { connector: connectorName })}</p>
        <SubmitButton size="large" pendingLabel={t("pending", { connector: connectorName })}>
          {t("button", { connector: connectorName })}
        </SubmitButton>
      </ActionForm>
    </CardSection>
  );
}
