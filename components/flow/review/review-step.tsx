import { useTranslations } from "next-intl";
import { GuideLink } from "@/components/guide/guide-link";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { langOf } from "@/components/ui/lang-of";
import { PageHeading } from "@/components/ui/page-heading";
import { Paragraphs } from "@/components/ui/paragraphs";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { PriceWords } from "../price-words";
import { FullAccess } from "../rights/full-access";
import { RightsList } from "../rights/rights-list";
import { AccessOfSoftware, Conditions } from "../specification/field-list";
import { LanguageNote } from "../specification/language-note";
import { useVendorWords } from "../use-vendor-words";
import { type Acceptance, AcceptForm } from "./accept-form";
import { DataFlows } from "./data-flows";
import { PrivacyAndSupport } from "./privacy-and-support";
import { Terms } from "./terms";

type Props = {
  view: IntegrationView;
  /** null when nobody is signed in. */
  viewerEmail: string | null;
  /** Set when the account accepted this very version already. */
  acceptance: Acceptance | null;
  /** Gets `linkToken`, `specificationId`, `contentHash`, `language` and `accepted`. */
  acceptTerms: FormAction;
};

/** Everything that a customer is asked to accept, and the acceptance itself. */
export function ReviewStep({ view, viewerEmail, acceptance, acceptTerms }: Props) {
  const t = useTranslations("review");
  const specification = useTranslations("specification");
  const words = useVendorWords(view.connector.id, "review");
  const { content } = view.specification;
  const { languages } = content;
  const sides = { partner: view.partner.name, connector: view.connector };
  const names = { partner: view.partner.name, connector: view.connector.name };
  return (
    <>
      <PageHeading title={t("title", { integration: content.name })}>
        <p lang={langOf(languages.summary)}>{content.summary}</p>
        <LanguageNote language={languages.summary} />
        <p className="pt-1 text-sm">
          <GuideLink connector={view.connector} />
        </p>
      </PageHeading>
      <CardSection id="about" title={t("about.title")}>
        <div className="max-w-prose text-sm" lang={langOf(languages.description)}>
          <Paragraphs text={content.description} />
        </div>
        <LanguageNote language={languages.description} />
      </CardSection>
      <CardSection id="data-flows" title={t("dataFlows.title")} intro={t("dataFlows.intro", names)}>
        <DataFlows flows={content.dataFlows} language={languages.dataFlows} {...names} />
      </CardSection>
      <CardSection id="rights" title={t("rights.title", names)} intro={words("rights.intro", names)}>
        <p className="pb-2 text-sm font-medium wrap-anywhere">
          {specification("username", { username: content.technicalUser.username })}
        </p>
        <FullAccess connector={view.connector} />
        <RightsList
          rights={content.technicalUser.rights}
          connectorId={view.connector.id}
          language={languages.technicalUser}
        />
        <LanguageNote language={languages.technicalUser} />
        <AccessOfSoftware content={content} {...sides} />
      </CardSection>
      <CardSection id="price" title={t("price.title")} intro={t("price.intro")}>
        <div className="text-sm">
          <PriceWords price={content.price} partnerName={view.partner.name} count={1} />
        </div>
      </CardSection>
      <PrivacyAndSupport content={content} partnerName={view.partner.name} />
      <Conditions isFolded content={content} {...sides} />
      <Terms content={content} partnerName={view.partner.name} />
      <AcceptForm view={view} viewerEmail={viewerEmail} acceptance={acceptance} acceptTerms={acceptTerms} />
    </>
  );
}
