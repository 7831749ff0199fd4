import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionPage } from "@/components/connection/connection-page";
import { Main } from "@/components/shell/container";
import { TimelineSection } from "@/components/timeline/timeline-section";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { readAsked } from "@/lib/activation/timeline/schema";
import { listComparisons } from "@/lib/connection/comparison/queries";
import { findExportOffer } from "@/lib/connection/export/queries";
import { listEntities } from "@/lib/connection/import/queries";
import { findPreparationView } from "@/lib/connection/preparation/queries";
import { getWebEnv } from "@/lib/platform/env";
import {
  checkConnectionAction,
  choosePreparationAction,
  deactivateConnectionsAction,
  makeExportAction,
  prepareConnectionAction,
  probeKeyAction,
} from "../actions";
import { liftHoldAction, pauseConnectionAction, scheduleEndAction } from "../hold-actions";
import { hasFilesPage } from "./files/load-files";
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
  const asked = readAsked(await searchParams);
  const givesExports = getWebEnv().KYTKIN_GATEWAY_INTERNAL_URL !== undefined;
  const {
    connection,
    offboarding,
    read: { happened, preparation, exportOffer, comparisons },
  } = await loadOfConnection(id, async (tx, accountId) => ({
    exportOffer: givesExports ? await findExportOffer(tx, { accountId, connectionId: id }) : null,
    happened: asked.isAsked ? await readTimeline(tx, "customer", { connectionId: id }, asked.before) : null,
    preparation: await findPreparationView(tx, id),
    comparisons: await listComparisons(tx, id),
  }));
  return (
    <Main>
      <ConnectionPage
        connection={connection}
        timeline={
          <TimelineSection
            page={happened}
            names={connection}
            isEarlier={asked.before !== undefined}
            path={path}
          />
        }
        differing={comparisons.reduce((sum, { missing, totalsDiffer }) => sum + missing + totalsDiffer, 0)}
        offboarding={offboarding}
        preparation={preparation}
        exportOffer={exportOffer}
        actions={{
          checkConnection: checkConnectionAction,
          deactivateConnections: deactivateConnectionsAction,
          probeKey: probeKeyAction,
          makeExport: makeExportAction,
          holds: { pause: pauseConnectionAction, scheduleEnd: scheduleEndAction, lift: liftHoldAction },
          preparation: { again: prepareConnectionAction, choose: choosePreparationAction },
        }}
        hrefs={{
          home: "/home",
          request: `/requests/${connection.requestId}`,
          company: connection.companyId && `/companies/${connection.companyId}`,
          update: connection.updateId && `/updates/${connection.updateId}`,
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
