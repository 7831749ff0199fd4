import { PlugZap, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { PagedList } from "@/components/operator/paged-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";
import type { ConnectionListView, ConnectionRow } from "@/lib/partner/monitoring/schema";
import { CONNECTION_LOOKS } from "../connection/connection-states";
import { ListFilter } from "./list-filter";

type Props = {
  view: ConnectionListView;
  hrefs: { list: string; request: (id: string) => string; more: (cursor: string) => string };
  live: ReactNode;
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
        <StatusPill {...CONNECTION_LOOKS[connection.state]}>
          {words(`states.connection.${connection.state}`)}
        </StatusPill>
      }
    />
  );
}

/** Where the partner's integrations are active; each line leads to the request that it came from. */
export function PartnerConnectionList({ view, hrefs, live }: Props) {
  const t = useTranslations("partner");
  const states = useTranslations("states.connection");
  const { before: _, ...filter } = view.filter;
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <PageHeading title={t("connections.title")}>
          <p>{t("connections.intro")}</p>
        </PageHeading>
        {live}
      </div>
      <ListFilter
        href={hrefs.list}
        filter={filter}
        states={CONNECTION_STATES.map((value) => ({ value, label: states(value) }))}
        integrations={view.integrations}
        hasDates={false}
      />
      <PagedList
        rows={view.connections}
        renderRow={(connection) => (
          <Row key={connection.id} connection={connection} href={hrefs.request(connection.requestId)} />
        )}
        empty={
          isNarrowed ? (
            <EmptyState
              icon={SearchX}
              title={t("requests.none.title")}
              action={<TextLink href={hrefs.list}>{t("requests.none.clear")}</TextLink>}
            >
              <p>{t("requests.none.body")}</p>
            </EmptyState>
          ) : (
            <EmptyState icon={PlugZap} title={t("connections.empty.title")}>
              <p>{t("connections.empty.body")}</p>
            </EmptyState>
          )
        }
        more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("connections.more") } : null}
      />
    </>
  );
}
