import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionPage } from "@/components/connection/connection-page";
import { Main } from "@/components/shell/container";
import { listEntities } from "@/lib/connection/import/queries";
import { checkConnectionAction, deactivateConnectionsAction, probeKeyAction } from "../actions";
import { liftHoldAction, pauseConnectionAction, scheduleEndAction } from "../hold-actions";
import { hasFilesPage } from "./files/load-files";
import { loadConnection } from "./load-connection";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connectionPage");
  return { title: t("title"), robots: { index: false } };
}

/** One connection: its state and rights, what to put right, and the way to end it. */
export default async function Page({ params }: Props) {
  const { id } = await params;
  const { connection, offboarding } = await loadConnection(id);
  return (
    <Main>
      <ConnectionPage
        connection={connection}
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
          files: hasFilesPage(connection) ? `/connections/${id}/files` : null,
          pasteKey:
            connection.recoverableActivationId && `/activations/${connection.recoverableActivationId}/key`,
        }}
      />
    </Main>
  );
}
