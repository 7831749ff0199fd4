import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { ButtonVariant } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { linkToken: string; connectorName: string; beginConsent: FormAction; variant?: ButtonVariant };

/** The button that takes the customer to the vendor system. */
export function ContinueAtVendor({ linkToken, connectorName, beginConsent, variant = "primary" }: Props) {
  const t = useTranslations("environments.consent");
  return (
    <ActionForm action={beginConsent} hidden={{ linkToken }} className="grid justify-items-start gap-4">
      <FormError />
      <SubmitButton
        variant={variant}
        size={variant === "primary" ? "large" : "medium"}
        pendingLabel={t("pending", { connector: connectorName })}
      >
        {t("continue", { connector: connectorName })}
        <ArrowRight aria-hidden className="size-4" />
      </SubmitButton>
    </ActionForm>
  );
}
