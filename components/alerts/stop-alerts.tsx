import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  token: string;
  /** null: the link is none of a mail's, or its member is gone. */
  offer: { partnerName: string; isOn: boolean } | null;
  /** Gets `token`. */
  stop: FormAction;
};

/** Behind the link in a digest: looking at it stops nothing, since mail programs look too. */
export function StopAlerts({ token, offer, stop }: Props) {
  const t = useTranslations("stopAlerts");
  if (!offer) return <PageHeading title={t("unknown.title")}>{t("unknown.body")}</PageHeading>;
  const { partnerName: partner, isOn } = offer;
  if (!isOn)
    return (
      <div className="grid gap-6">
        <PageHeading title={t("title", { partner })} />
        <Alert tone="success" role="note" title={t("done.title")}>
          <p>{t("done.body", { partner })}</p>
        </Alert>
      </div>
    );
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title", { partner })}>{t("body", { partner })}</PageHeading>
      <ActionForm action={stop} hidden={{ token }} className="grid justify-items-start gap-3">
        <FormError />
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
