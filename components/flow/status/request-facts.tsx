import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { RequestView } from "@/lib/activation/request/schema";
import { SettingsList } from "../settings/settings-list";
import { SupportContact } from "../support-contact";

type Props = { view: RequestView; acceptanceHref: string; receiptHref: string };

/** Who asked, when, and whom to ask; the id is what support will want to know. */
export function RequestFacts({ view, acceptanceHref, receiptHref }: Props) {
  const t = useTranslations("status.facts");
  const settings = useTranslations("settings");
  return (
    <CardSection id="facts" title={t("title")}>
      <DescriptionList>
        <Description term={t("submitted")}>
          {t.rich("submittedBy", { email: view.submittedBy, time: () => <Time at={view.submittedAt} /> })}
        </Description>
        {view.settledAt && (
          <Description term={t("settled")}>
            <Time at={view.settledAt} />
          </Description>
        )}
        <Description term={t("accepted")}>
          <span className="flex flex-wrap gap-x-5 gap-y-1">
            <TextLink href={acceptanceHref}>{t("toAcceptance")}</TextLink>
            <TextLink href={receiptHref}>{t("toReceipt")}</TextLink>
          </span>
        </Description>
        <Description term={t("support", { partner: view.partnerName })}>
          <SupportContact support={view.support} />
        </Description>
        {view.settings.length > 0 && (
          <Description term={settings("summary")}>
            <SettingsList
              settings={view.settings}
              connector={{ id: view.connectorId, name: view.connectorName }}
              language={view.languages.settings}
            />
          </Description>
        )}
        <Description term={t("id")}>
          <code className="text-xs wrap-anywhere">{view.id}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
