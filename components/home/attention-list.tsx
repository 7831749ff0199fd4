import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

type Props = { connections: ConnectionView[]; hrefs: HomeHrefs };

/** Connections that work less well than they should, each with the reason. */
export function AttentionList({ connections, hrefs }: Props) {
  const t = useTranslations();
  return (
    <CardSection id="attention" title={t("home.attention", { count: connections.length })}>
      <ul className="divide-y divide-line">
        {connections.map((connection) => (
          <ListRow
            key={connection.id}
            href={hrefs.connection(connection.id)}
            title={t("home.environmentOf", {
              environment: connection.environmentName,
              integration: connection.integrationName,
            })}
            detail={
              connection.attention
                ? t(`attention.${connection.attention}.title`, {
                    connector: connection.connectorName,
                    partner: connection.partnerName,
                  })
                : connection.businessId
            }
            status={
              <StatusPill tone="warning" icon={TriangleAlert}>
                {t(`states.connection.${connection.state}`)}
              </StatusPill>
            }
          />
        ))}
      </ul>
    </CardSection>
  );
}
