import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { state: "ask"; maskedEmail: string; confirm: FormAction } | { state: "done" };

/** What the person who consented at the vendor is asked when somebody else came back with the consent. */
export function ConfirmInitiator(props: Props) {
  const t = useTranslations("vendorReturn.initiator");
  if (props.state === "done") {
    return (
      <Card className="px-5 py-6 sm:px-8">
        <PageHeading title={t("doneTitle")}>
          <p>{t("doneBody")}</p>
        </PageHeading>
      </Card>
    );
  }
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t("title")}>
        <p>{t("intro", { email: props.maskedEmail })}</p>
        <p>{t("ask")}</p>
      </PageHeading>
      <ActionForm action={props.confirm} className="grid justify-items-start gap-4">
        <FormError />
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("confirm")}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}
