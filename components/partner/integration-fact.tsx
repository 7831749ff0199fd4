import { useTranslations } from "next-intl";
import { Description } from "@/components/ui/description-list";

type Props = {
  of: { integrationName: string; connectorName: string; stage: string; specificationVersion: number };
};

/** Which version of which integration a request or a connection is of. */
export function IntegrationFact({ of }: Props) {
  const t = useTranslations("partner.request.facts");
  const stages = useTranslations("partner.stages");
  return (
    <Description term={t("integration")}>
      {of.integrationName} ({of.connectorName}, {stages(of.stage === "production" ? "production" : "test")}) ·{" "}
      {t("version", { version: of.specificationVersion })}
    </Description>
  );
}
