import { useLocale, useTranslations } from "next-intl";
import type { ShownContent } from "@/lib/catalogue/integration/schema";

/** What the words beside the acceptance's tick add: the second agreement, and a language that is not the reader's. */
export function AgreementWords({ content }: { content: ShownContent }) {
  const t = useTranslations("specification");
  const locale = useLocale();
  const { dataProcessingAgreement, languages } = content;
  const isForeign = languages.terms !== locale && languages.terms !== "und";
  return (
    <>
      {dataProcessingAgreement && ` ${t("agreement.accepted", { version: dataProcessingAgreement.version })}`}
      {isForeign && ` ${t("termsIn", { language: languages.terms })}`}
    </>
  );
}
