import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { TextLink } from "@/components/ui/text-link";

/** The worker has not signed it yet: seconds after a submission, longer while no worker runs. */
export function ReceiptNotYet({ backHref }: { backHref: string }) {
  const t = useTranslations("evidence.receipt");
  return (
    <div className="grid gap-6">
      <RefreshEvery seconds={2} />
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <Alert tone="info" title={t("notYet")} />
      <TextLink href={backHref} className="justify-self-start text-sm">
        {t("back")}
      </TextLink>
    </div>
  );
}
