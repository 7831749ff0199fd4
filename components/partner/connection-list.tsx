import { PlugZap } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { Time } from "@/components/ui/time";
import { SHOWN_CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";
import type { ConnectionListView, ConnectionRow } from "@/lib/partner/monitoring/schema";
import { ConnectionPill } from "../connection/connection-pill";
import { type MonitoringHrefs, MonitoringList } from "./monitoring-list";

type Props = {
  view: ConnectionListView;
  hrefs: MonitoringHrefs;
  live: ReactNode;
  views: ReactNode;
};

function Row({ connection, href }: { connection: ConnectionRow; href: string }) {
  const t = useTranslations("partner");
  const words = useTranslations();
  const cause = connection.attention;
  return (
    <ListRow
      href={href}
      title={
        <>
          {connection.company}
          {connection.businessId && (
            <span className="ml-2 font-normal text-ink-soft tabular-nums">{connection.businessId}</span>
          )}
        </>
      }
      detail={
        <>
          {t.rich("connections.detail", {
            integration: connection.integrationName,
            stage: t(`stages.${connection.stage === "production" ? "production" : "test"}`),
            time: () => <Time at={connection.since} precision="date" />,
          })}
          {cause && (
            <span className="block">
              {words(`attention.${cause}.title`, { connector: connection.connectorName })}
            </span>
          )}
        </>
      }
      status={
        // What is left for the customer to do is the customer's to see.
        <ConnectionPill connection={{ ...connection, stepsLeft: 0 }} />
      }
    />
  );
}

/** Where the partner's integrations are active; each line leads to the connection's own page. */
export function PartnerConnectionList({ view, hrefs, live, views }: Props) {
  const states = useTranslations("states.connection");
  return (
    <MonitoringList
      kind="connections"
      view={view}
      states={SHOWN_CONNECTION_STATES.map((value) => ({ value, label: states(value) }))}
      dates="active"
      views={views}
      emptyIcon={PlugZap}
      hrefs={hrefs}
      live={live}
      rows={view.connections}
      renderRow={(connection) => (
        <Row key={connection.id} connection={connection} href={hrefs.one(connection.id)} />
      )}
    />
  );
}
