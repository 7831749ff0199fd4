import { useTranslations } from "next-intl";
import { ConnectionPill } from "@/components/connection/connection-pill";
import { CardSection } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

type Props = { connections: ConnectionView[]; hasMore: boolean; hrefs: HomeHrefs };

/** What is wrong, or what is left to do. */
function Detail({ connection }: { connection: ConnectionView }) {
  const t = useTranslations();
  const values = { connector: connection.connectorName, partner: connection.partnerName };
  if (connection.attention) return t(`attention.${connection.attention}.title`, values);
  return connection.stepsLeft > 0 ? t("waiting.steps", values) : connection.businessId;
}

/** Connections that wait for the customer, each with the reason. */
export function AttentionList({ connections, hasMore, hrefs }: Props) {
  const t = useTranslations();
  return (
    <CardSection
      id="attention"
      title={hasMore ? t("waiting.title") : t("home.attention", { count: connections.length })}
    >
      <ul className="divide-y divide-line">
        {connections.map((connection) => (
          <ListRow
            key={connection.id}
            href={hrefs.connection(connection.id)}
            title={t("home.environmentOf", {
              environment: connection.environmentName,
              integration: connection.integrationName,
            })}
            detail={<Detail connection={connection} />}
            status={<ConnectionPill connection={connection} />}
          />
        ))}
      </ul>
      {hasMore && (
        <TextLink href={hrefs.needsMe} className="mt-3 inline-block text-sm">
          {t("waiting.more")}
        </TextLink>
      )}
    </CardSection>
  );
}
