import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionPage } from "@/components/connection/connection-page";
import { Main } from "@/components/shell/container";
import { TimelineDisclosure } from "@/components/timeline/timeline-disclosure";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { timelineCursor } from "@/lib/activation/timeline/schema";
import { listEntities } from "@/lib/connection/import/queries";
import { earlierHref } from "../../earlier-href";
import { checkConnectionAction, deactivateConnectionsAction, probeKeyAction } from "../actions";
import { liftHoldAction, pauseConnectionAction, scheduleEndAction } from "../hold-actions";
import { loadOfConnection } from "./load-connection";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connectionPage");
  return { title: t("title"), robots: { index: false } };
}

/** One connection: its state and rights, what to put right, and the way to end it. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/connections/${id}`;
  const before = timelineCursor.parse((await searchParams).before);
  const {
    connection,
    offboarding,
    read: page,
  } = await loadOfConnection(id, (tx) => readTimeline(tx, "customer", { connectionId: id }, before));
  return (
    <Main>
      <ConnectionPage
        connection={connection}
        timeline={
          <TimelineDisclosure
            page={page}
            names={connection}
            isEarlier={before !== undefined}
            hrefs={{ newest: `${path}#timeline`, earlier: earlierHref(path) }}
          />
        }
        offboarding={offboarding}
        actions={{
          checkConnection: checkConnectionAction,
          deactivateConnections: deactivateConnectionsAction,
          probeKey: probeKeyAction,
          holds: { pause: pauseConnectionAction, scheduleEnd: scheduleEndAction, lift: liftHoldAction },
        }}
        hrefs={{
          home: "/home",
          request: `/requests/${connection.requestId}`,
          company: connection.companyId && `/companies/${connection.companyId}`,
          certificate: `/connections/${id}/certificate`,
          link: `/a/${connection.linkToken}`,
          deliveries: listEntities(connection).length > 0 ? `/connections/${id}/deliveries` : null,
          pasteKey:
            connection.recoverableActivationId && `/activations/${connection.recoverableActivationId}/key`,
        }}
      />
    </Main>
  );
}
