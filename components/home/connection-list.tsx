import { CircleCheck, CircleSlash, LoaderCircle, RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { ConnectionState, ConnectionView } from "@/lib/connection/schema";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

const LOOKS = {
  active: { tone: "success", icon: CircleCheck },
  needs_attention: { tone: "warning", icon: TriangleAlert },
  update_required: { tone: "warning", icon: RefreshCw },
  offboarding: { tone: "neutral", icon: LoaderCircle },
  removed: { tone: "neutral", icon: CircleSlash },
} as const satisfies Record<ConnectionState, object>;

type Props = { connections: ConnectionView[]; nextCursor: string | null; hrefs: HomeHrefs };

/** Every environment that an integration is switched on in. */
export function ConnectionList({ connections, nextCursor, hrefs }: Props) {
  const t = useTranslations();
  return (
    <CardSection id="connections" title={t("home.connections.title")}>
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
              <StatusPill {...LOOKS[connection.state]}>
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
