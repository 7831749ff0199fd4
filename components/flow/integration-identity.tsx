import { ArrowLeftRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import { Monogram } from "./monogram";

export type IntegrationIdentityProps = {
  integrationName: string;
  partnerName: string;
  connectorName: string;
  stage: "test" | "production";
};

/** Which integration, by whom, for which system: on every page of the flow. */
export function IntegrationIdentity({
  integrationName,
  partnerName,
  connectorName,
  stage,
}: IntegrationIdentityProps) {
  const t = useTranslations("shell.flow");
  return (
    <div className="flex items-center gap-3.5">
      <div className="hidden items-center gap-1.5 text-ink-soft sm:flex">
        <Monogram name={partnerName} />
        <ArrowLeftRight aria-hidden className="size-4" />
        <Monogram name={connectorName} />
      </div>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          {integrationName}
          {stage === "test" && <StatusPill tone="warning">{t("testStage")}</StatusPill>}
        </p>
        <p className="text-sm text-ink-soft">
          {t("byFor", { partner: partnerName, connector: connectorName })}
        </p>
      </div>
    </div>
  );
}
