import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { langOf } from "@/components/ui/lang-of";
import { Markdown } from "@/components/ui/markdown";
import { PageHeading } from "@/components/ui/page-heading";
import { Paragraphs } from "@/components/ui/paragraphs";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import { CalendarDate } from "@/components/ui/time";
import type { AcceptanceView } from "@/lib/activation/request/schema";
import { linesOf } from "@/lib/catalogue/integration/fields";
import type { PrivacyPolicy } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { PriceWords } from "../price-words";
import { DataFlows } from "../review/data-flows";
import { FullAccess } from "../rights/full-access";
import { RightsList } from "../rights/rights-list";
import { SettingsList } from "../settings/settings-list";
import { FieldLines } from "../specification/field-lines";
import { AccessOfSoftware, Conditions, FieldList } from "../specification/field-list";
import { useFieldWords } from "../specification/use-field-words";
import { useVendorWords } from "../use-vendor-words";
import { Evidence } from "./evidence";
import { PrintButton } from "./print-button";

type Part = { view: AcceptanceView };

function Environments({ view }: Part) {
  const t = useTranslations("acceptance");
  const { environments } = view;
  return (
    <CardSection
      id="environments"
      title={t("environments", { count: environments.length, connector: view.connector.name })}
    >
      <ul className="divide-y divide-line text-sm">
        {environments.map(({ externalId, name, businessId }) => (
          <li key={externalId} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="text-ink-soft tabular-nums">{businessId ?? externalId}</span>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

/** What was chosen belongs to what was agreed, though the text's hash is not about it. */
function Settings({ view }: Part) {
  const t = useTranslations("acceptance");
  if (view.settings.length === 0) return null;
  return (
    <CardSection id="settings" title={t("settings")}>
      <SettingsList
        settings={view.settings}
        connector={view.connector}
        language={view.content.languages.settings}
      />
    </CardSection>
  );
}

/** The integration as it was described: what it does, what it costs, what data moves. */
function Description({ view }: Part) {
  const t = useTranslations();
  const { content, partnerName: partner, connector } = view;
  const words = useFieldWords({ partner, connector });
  return (
    <>
      <CardSection
        id="about"
        title={t("review.about.title")}
        intro={<span lang={langOf(content.languages.summary)}>{content.summary}</span>}
      >
        <div className="text-sm" lang={langOf(content.languages.description)}>
          <Paragraphs text={content.description} />
        </div>
      </CardSection>
      <CardSection id="price" title={t("review.price.title")}>
        <div className="grid gap-2 text-sm">
          <PriceWords price={content.price} partnerName={partner} count={view.environments.length} />
          {content.price.kind === "known" && (
            <div className="text-ink-soft">
              <p>{t("specification.price.perCompany")}</p>
              <FieldLines lines={linesOf(content, "price", words)} language={content.languages.price} />
            </div>
          )}
        </div>
      </CardSection>
      <CardSection
        id="data"
        title={t("review.dataFlows.title")}
        intro={t("review.dataFlows.intro", { partner, connector: connector.name })}
      >
        <DataFlows
          flows={content.dataFlows}
          language={content.languages.dataFlows}
          partner={partner}
          connector={connector.name}
        />
      </CardSection>
    </>
  );
}

function Rights({ view }: Part) {
  const t = useTranslations();
  const words = useVendorWords(view.connector.id, "technicalUser");
  const { username } = view.content.technicalUser;
  return (
    <CardSection
      id="rights"
      title={words("rights.title")}
      intro={t("acceptance.rightsOf", { username, partner: view.partnerName })}
    >
      <FullAccess connector={view.connector} />
      <RightsList
        rights={view.rights}
        connectorId={view.connector.id}
        language={view.content.languages.technicalUser}
      />
      <AccessOfSoftware content={view.content} partner={view.partnerName} connector={view.connector} />
    </CardSection>
  );
}

type AgreementProps = { id: string; title: string; agreement: PrivacyPolicy; language: TextLanguage };

function AgreementText({ id, title, agreement, language }: AgreementProps) {
  const t = useTranslations("review.terms");
  const { version, updatedOn } = agreement;
  const intro =
    version === undefined || updatedOn === undefined
      ? undefined
      : t.rich("version", { version, date: () => <CalendarDate on={updatedOn} /> });
  return (
    <CardSection id={id} title={title} intro={intro}>
      <div className="max-w-prose text-sm print:max-w-none" lang={langOf(language)}>
        {agreement.body !== undefined && <Markdown text={agreement.body} />}
        {/* On paper the address itself is what is left of a link. */}
        {agreement.url !== undefined && <OutsideLink href={agreement.url}>{agreement.url}</OutsideLink>}
      </div>
    </CardSection>
  );
}

function Terms({ view }: Part) {
  const t = useTranslations();
  const { content, connector, partnerName: partner } = view;
  const { terms, privacyPolicy, dataProcessingAgreement, languages } = content;
  return (
    <>
      <AgreementText
        id="terms"
        title={t("review.terms.title")}
        agreement={terms}
        language={languages.terms}
      />
      <AgreementText
        id="privacy"
        title={t("specification.fields.privacyPolicy")}
        agreement={privacyPolicy}
        language={languages.privacyPolicy}
      />
      {dataProcessingAgreement && (
        <AgreementText
          id="data-processing-agreement"
          title={t("specification.fields.dataProcessingAgreement")}
          agreement={dataProcessingAgreement}
          language={languages.dataProcessingAgreement}
        />
      )}
      <CardSection id="support" title={t("review.privacyAndSupport.support")}>
        <FieldList section="support" content={content} partner={partner} connector={connector} />
      </CardSection>
      <Conditions content={content} partner={partner} connector={connector} />
    </>
  );
}

/** The whole record on one page, nothing folded away: what is printed is what was accepted. */
export function AcceptanceRecord({ view, statusHref }: Part & { statusHref: string }) {
  const t = useTranslations("acceptance");
  const values = { integration: view.content.name, partner: view.partnerName };
  return (
    <article className="grid gap-6 print:gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <PageHeading title={t("title")}>
          <p>{t("intro", { ...values, connector: view.connector.name })}</p>
          {view.stage === "test" && <p>{t("testStage")}</p>}
        </PageHeading>
        <div className="grid justify-items-start gap-2 print:hidden">
          <PrintButton />
          <TextLink href={statusHref} className="text-sm">
            {t("toStatus")}
          </TextLink>
        </div>
      </div>
      <Evidence view={view} />
      <Environments view={view} />
      <Settings view={view} />
      <Description view={view} />
      <Rights view={view} />
      <Terms view={view} />
    </article>
  );
}
