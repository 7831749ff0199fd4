import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { DeliveriesPage } from "@/components/delivery/deliveries-page";
import { Main } from "@/components/shell/container";
import { listComparisons } from "@/lib/connection/comparison/queries";
import {
  listDayCounts,
  listDeliveries,
  listEntityStates,
  listInbox,
} from "@/lib/connection/delivery/queries";
import { listOpenImports } from "@/lib/connection/import/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../as-customer";
import { giveVerdictAction } from "./actions";
import { loadForDeliveries } from "./load-deliveries";
import { rowsAddress } from "./rows/group-address";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string | string[] }> };

const PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries");
  return { title: t("title"), robots: { index: false } };
}

/** What is written to the vendor through a connection: what needs the customer, how it went, and the doors to more. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { connection, entities } = await loadForDeliveries(id);
  const viewer = await getViewer(`/connections/${id}/deliveries`);
  const before = z.uuid().safeParse((await searchParams).before);
  const read = await asCustomer(viewer, async (tx) => ({
    entities: await listEntityStates(tx, id),
    imports: await listOpenImports(tx, id),
    inbox: await listInbox(tx, id),
    comparisons: await listComparisons(tx, id),
    days: await listDayCounts(tx, id),
    deliveries: await listDeliveries(tx, id, { before: before.data, limit: PAGE + 1 }),
  }));
  const shown = read.deliveries.slice(0, PAGE);
  const here = `/connections/${id}/deliveries`;
  return (
    <Main>
      <DeliveriesPage
        view={{
          ...read,
          connection: {
            id,
            company: connection.environmentName,
            connector: { id: connection.connectorId, name: connection.connectorName },
            partnerName: connection.partnerName,
            isLive: connection.canDeactivate,
          },
          offered: entities.map((entity) => entity.id),
          today: new Date().toISOString().slice(0, 10),
          deliveries: shown,
          moreHref: read.deliveries.length > PAGE ? `${here}?before=${shown.at(-1)?.id}` : null,
        }}
        giveVerdict={giveVerdictAction}
        rowsHref={(group) => rowsAddress(id, group)}
        hrefs={{
          connection: `/connections/${id}`,
          fields: `/connections/${id}/fields`,
          delivery: (deliveryId) => `${here}/${deliveryId}`,
          import: (entity) => `${here}/import?entity=${entity}`,
          comparison: (comparisonId) => `${here}/comparisons/${comparisonId}`,
          settings: (entity) => `${here}/settings?entity=${entity}`,
        }}
      />
    </Main>
  );
}
