import { useTranslations } from "next-intl";
import { CONNECTION_LOOKS } from "@/components/connection/connection-states";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { HomeView } from "@/lib/people/account/schema";
import { ConnectionSearch } from "./connection-search";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

type Props = {
  view: Pick<HomeView, "connections" | "connectionsNextCursor" | "connectionSearch" | "areEnded">;
  hrefs: HomeHrefs;
};

function NoneFound({ view }: Pick<Props, "view">) {
  const t = useTranslations("connectionList");
  if (view.connectionSearch) return t("search.none", { search: view.connectionSearch });
  return t(view.areEnded ? "ended.none" : "noneLive");
}

/** Every environment that an integration is switched on in, or was. */
export function ConnectionList({ view, hrefs }: Props) {
  const t = useTranslations();
  const { connections, connectionsNextCursor: nextCursor } = view;
  return (
    <CardSection
      id="connections"
      title={t(view.areEnded ? "connectionList.ended.title" : "home.connections.title")}
    >
      <ConnectionSearch search={view.connectionSearch} areEnded={view.areEnded} hrefs={hrefs} />
      {connections.length === 0 && (
        <p role="status" className="pt-4 text-sm text-ink-soft">
          <NoneFound view={view} />
        </p>
      )}
      <ul className="divide-y divide-line">
        {connections.map((connection) => (
          <ListRow
            key={connection.id}
            href={hrefs.connection(connection.id)}
            title={
              <>
                {connection.environmentName}{" "}
                <span className="font-normal text-ink-soft tabular-nums">{connection.businessId}</span>
              </>
            }
            detail={t.rich("home.connections.detail", {
              integration: connection.integrationName,
              connector: connection.connectorName,
              time: () => <Time at={connection.activeSince} precision="date" />,
            })}
            status={
              <StatusPill {...CONNECTION_LOOKS[connection.state]}>
                {t(`states.connection.${connection.state}`)}
              </StatusPill>
            }
          />
        ))}
      </ul>
      {nextCursor && (
        <div className="pt-3">
          <LinkButton href={hrefs.moreConnections(nextCursor)} variant="secondary" size="small">
            {t("home.connections.more")}
          </LinkButton>
        </div>
      )}
    </CardSection>
  );
}
