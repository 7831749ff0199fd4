import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { langOf } from "@/components/ui/lang-of";
import { Paragraphs } from "@/components/ui/paragraphs";
import type { ConnectorView, ShownContent } from "@/lib/catalogue/integration/schema";
import { DataFlows } from "../review/data-flows";
import { PrivacyAndSupport } from "../review/privacy-and-support";
import { Terms } from "../review/terms";
import { FullAccess } from "../rights/full-access";
import { RightsList } from "../rights/rights-list";
import { useVendorWords } from "../use-vendor-words";
import { AccessOfSoftware, Conditions } from "./field-list";
import { LanguageNote } from "./language-note";

type Props = { content: ShownContent; partnerName: string; connector: ConnectorView };

/** Everything that a customer is asked to accept, texts of agreements folded away. */
export function WholeSpecification({ content, partnerName, connector }: Props) {
  const t = useTranslations("review");
  const specification = useTranslations("specification");
  const words = useVendorWords(connector.id, "review");
  const { languages } = content;
  const sides = { partner: partnerName, connector };
  const names = { partner: partnerName, connector: connector.name };
  return (
    <div className="grid min-w-0 content-start gap-6">
      <CardSection id="about" title={t("about.title")}>
        <div className="max-w-prose text-sm wrap-anywhere" lang={langOf(languages.description)}>
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
        <FullAccess connector={connector} />
        <RightsList
          rights={content.technicalUser.rights}
          connectorId={connector.id}
          language={languages.technicalUser}
        />
        <LanguageNote language={languages.technicalUser} />
        <AccessOfSoftware content={content} {...sides} />
      </CardSection>
      <Conditions isFolded content={content} {...sides} />
      <PrivacyAndSupport content={content} partnerName={partnerName} />
      <Terms content={content} partnerName={partnerName} />
    </div>
  );
}
