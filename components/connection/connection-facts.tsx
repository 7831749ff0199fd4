import { useTranslations } from "next-intl";
import { SupportContact } from "@/components/flow/support-contact";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";

type Props = { connection: ConnectionDetails; requestHref: string; companyHref: string | null };

/** What it connects, since when, and whom to ask. */
export function ConnectionFacts({ connection, requestHref, companyHref }: Props) {
  const t = useTranslations("connectionPage.facts");
  return (
    <CardSection id="facts" title={t("title")}>
      <DescriptionList>
        <Description term={t("company")}>
          {companyHref ? (
            <TextLink href={companyHref}>{connection.environmentName}</TextLink>
          ) : (
            connection.environmentName
          )}
          {connection.businessId && (
            <span className="text-ink-soft tabular-nums"> · {connection.businessId}</span>
          )}
        </Description>
        <Description term={t("integration")}>
          {t("integrationBy", { integration: connection.integrationName, partner: connection.partnerName })}
        </Description>
        <Description term={t("vendor")}>
          {t("vendorId", { connector: connection.connectorName, id: connection.externalId })}
        </Description>
        <Description term={t("technicalUser")}>{connection.technicalUserName}</Description>
        <Description term={t("since")}>
          <Time at={connection.activeSince} />
          {" · "}
          <TextLink href={requestHref}>{t("request")}</TextLink>
        </Description>
        <Description term={t("support", { partner: connection.partnerName })}>
          <SupportContact support={connection.support} />
        </Description>
        <Description term={t("id")}>
          <code className="text-xs wrap-anywhere">{connection.id}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
