import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate, Time } from "@/components/ui/time";
import type { AcceptanceView } from "@/lib/activation/request/schema";

function Hash({ view }: { view: AcceptanceView }) {
  const t = useTranslations("acceptance.evidence");
  return (
    <>
      <code className="text-xs wrap-anywhere">{view.contentHash}</code>
      <p className={view.isIntact ? "text-ink-soft" : "font-medium text-danger-text"}>
        {t(view.isIntact ? "hashHelp" : "hashBroken")}
      </p>
    </>
  );
}

function Version({ version, updatedOn }: { version: string; updatedOn: string }) {
  const t = useTranslations("acceptance.evidence");
  return t.rich("termsVersion", { version, date: () => <CalendarDate on={updatedOn} /> });
}

/** Who accepted what and when: the record itself. */
export function Evidence({ view }: { view: AcceptanceView }) {
  const t = useTranslations("acceptance.evidence");
  const language = useTranslations("specification");
  const { terms, privacyPolicy } = view.content;
  return (
    <CardSection id="evidence" title={t("title")}>
      <DescriptionList>
        <Description term={t("accepted")}>
          {t.rich("by", { email: view.acceptedBy, time: () => <Time at={view.acceptedAt} isZoned /> })}
        </Description>
        {view.language && (
          <Description term={t("language")}>{language(`languages.${view.language}`)}</Description>
        )}
        <Description term={t("submitted")}>
          {t.rich("by", { email: view.submittedBy, time: () => <Time at={view.submittedAt} isZoned /> })}
        </Description>
        <Description term={t("terms")}>
          <Version {...terms} />
        </Description>
        {privacyPolicy.version !== undefined && privacyPolicy.updatedOn !== undefined && (
          <Description term={language("fields.privacyPolicy")}>
            <Version version={privacyPolicy.version} updatedOn={privacyPolicy.updatedOn} />
          </Description>
        )}
        <Description term={t("specification")}>
          {t("specificationVersion", { version: view.specificationVersion })}
        </Description>
        <Description term={t("hash")}>
          <Hash view={view} />
        </Description>
        {view.languageHash && (
          <Description term={t("languageHash")}>
            <code className="text-xs wrap-anywhere">{view.languageHash}</code>
          </Description>
        )}
        <Description term={t("requestId")}>
          <code className="text-xs wrap-anywhere">{view.requestId}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
