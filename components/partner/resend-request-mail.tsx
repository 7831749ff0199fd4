import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { requestId: string; mailId: string; resend: FormAction };

/** Has a mail about a request that failed sent again. */
export function ResendRequestMail({ requestId, mailId, resend }: Props) {
  const t = useTranslations("partner.request.mails");
  return (
    <ActionForm action={resend} hidden={{ requestId, mailId }} className="grid justify-items-start gap-2">
      <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
        {t("again")}
      </SubmitButton>
      <FormError />
    </ActionForm>
  );
}
