import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import type { ActivationToRecover } from "@/lib/activation/pasted-key/schema";

/** Which company a key is asked for. */
export function RecoverHeading({ activation }: { activation: ActivationToRecover }) {
  const t = useTranslations("pastedKey.recover");
  const { environmentName, businessId, guide } = activation;
  const values = { connector: guide.connector.name, integration: guide.integrationName };
  return (
    <PageHeading title={t("title")}>
      <p>{t("intro", values)}</p>
      <p>
        <span className="font-semibold text-ink wrap-anywhere">{environmentName}</span>{" "}
        <span className="tabular-nums">{businessId}</span>
      </p>
    </PageHeading>
  );
}

/** The company works again, or a key cannot bring it back. */
export function KeyNotWanted({ requestHref }: { requestHref: string }) {
  const t = useTranslations("pastedKey.recover.notWanted");
  return (
    <>
      <PageHeading title={t("title")} />
      <Alert tone="info" action={<LinkButton href={requestHref}>{t("toRequest")}</LinkButton>}>
        {t("body")}
      </Alert>
    </>
  );
}
