import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { TechnicalUserView } from "@/lib/activation/draft/schema";
import { HandOverLink } from "../hand-over/hand-over-link";
import { PreflightCard } from "../preflight/preflight-card";
import { FullAccess } from "../rights/full-access";
import { RightsList } from "../rights/rights-list";
import { SettingsList } from "../settings/settings-list";
import { LanguageNote } from "../specification/language-note";
import { useVendorWords } from "../use-vendor-words";
import { RequestSummaryCard } from "./request-summary-card";
import { SubmitRequestForm } from "./submit-request-form";
import { TechnicalUserCard } from "./technical-user-card";

type Props = {
  view: TechnicalUserView;
  hrefs: { environments: string; settings: string; handOver: string | null };
  /** Gets `linkToken`. */
  checkAgain: FormAction;
  /** Gets `linkToken`, `specificationId` and `contentHash`. */
  submitRequest: FormAction;
};

/** The last look before the request is submitted. */
export function TechnicalUserStep({ view, hrefs, checkAgain, submitRequest }: Props) {
  const t = useTranslations("technicalUser");
  const settings = useTranslations("settings");
  const words = useVendorWords(view.connector.id, "technicalUser");
  const pasted = useTranslations("pastedKey.technicalUser");
  const values = {
    integration: view.integrationName,
    partner: view.partnerName,
    connector: view.connector.name,
  };
  return (
    <>
      <PageHeading title={words("title")}>
        <p>{view.isKeyPasted ? pasted("intro", values) : words("intro", values)}</p>
      </PageHeading>
      {!view.isKeyPasted && <TechnicalUserCard view={view} />}
      <CardSection id="rights" title={words("rights.title")} intro={t("rights.intro", values)}>
        <FullAccess connector={view.connector} />
        <RightsList rights={view.rights} connectorId={view.connector.id} language={view.languages.rights} />
        <LanguageNote language={view.languages.rights} />
      </CardSection>
      {view.settings.length > 0 && (
        <CardSection
          id="settings"
          title={settings("summary")}
          aside={
            <TextLink href={hrefs.settings} className="text-sm">
              {settings("change")}
            </TextLink>
          }
        >
          <SettingsList
            settings={view.settings}
            connector={view.connector}
            language={view.languages.settings}
          />
        </CardSection>
      )}
      {view.preflight && (
        <PreflightCard
          view={view.preflight}
          linkToken={view.linkToken}
          connector={view.connector}
          partnerName={view.partnerName}
          checkAgain={checkAgain}
        />
      )}
      <RequestSummaryCard view={view} environmentsHref={hrefs.environments} />
      <SubmitRequestForm view={view} submitRequest={submitRequest} />
      <HandOverLink href={hrefs.handOver} connectorName={view.connector.name} />
    </>
  );
}
