import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardSection } from "@/components/ui/card";
import type { RequestView } from "@/lib/activation/request/schema";
import { ActivationRow } from "./activation-row";
import { countOutcomes, sortSettled } from "./activation-states";

type Props = { view: RequestView; hasSftp: boolean; indicator: ReactNode };

/** Every environment of the request. The counts are read out when they change; the rows are not, there may be many. */
export function ActivationList({ view, hasSftp, indicator }: Props) {
  const t = useTranslations();
  const activations = view.state === "settled" ? sortSettled(view.activations) : view.activations;
  return (
    <CardSection
      id="environments"
      title={t("status.list.title", { count: activations.length })}
      intro={
        <span aria-live="polite">
          {countOutcomes(activations)
            .map(([outcome, count]) =>
              t("status.list.count", { count, state: t(`states.activation.${outcome}`) }),
            )
            .join(" · ")}
        </span>
      }
      aside={indicator}
    >
      <ul className="divide-y divide-line">
        {activations.map((activation) => (
          <ActivationRow
            key={activation.id}
            activation={activation}
            partnerName={view.partnerName}
            connectorId={view.connectorId}
            connectorName={view.connectorName}
            takesFiles={hasSftp && view.takesFiles}
          />
        ))}
      </ul>
    </CardSection>
  );
}
