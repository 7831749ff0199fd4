import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { WebhookEndpointView } from "@/lib/partner/webhook/schema";
import { EndpointFields } from "./endpoint-fields";

type Props = { endpoint: WebhookEndpointView; save: FormAction; backHref: string };

export function EditEndpoint({ endpoint, save, backHref }: Props) {
  const t = useTranslations("partnerWebhooks");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={backHref} className="justify-self-start text-sm">
          {t("delivery.back")}
        </TextLink>
        <PageHeading title={t("form.editTitle")} />
      </div>
      <Card className="px-4 py-5 sm:px-6">
        <ActionForm action={save} className="grid gap-5">
          <FormError />
          <EndpointFields given={endpoint} />
          <div>
            <SubmitButton pendingLabel={t("form.pending")}>{t("form.submitEdit")}</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </>
  );
}
