import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { InboxRowsPage } from "@/components/delivery/inbox-rows-page";
import { Main } from "@/components/shell/container";
import { listInboxRows } from "@/lib/connection/delivery/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../../as-customer";
import { loadForDeliveries } from "../load-deliveries";
import { groupQuery, rowsAddress } from "./group-address";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.row");
  return { title: t("rows"), robots: { index: false } };
}

/** Rows of one cause of the inbox. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { connection } = await loadForDeliveries(id);
  const viewer = await getViewer(`/connections/${id}/deliveries`);
  const asked = groupQuery.extend({ after: z.uuid().optional() }).safeParse(await searchParams);
  if (!asked.success) notFound();
  const { after, ...group } = asked.data;
  const rows = await asCustomer(viewer, (tx) => listInboxRows(tx, id, group, { after, limit: PAGE + 1 }));
  const shown = rows.slice(0, PAGE);
  return (
    <Main>
      <InboxRowsPage
        connector={{ id: connection.connectorId, name: connection.connectorName }}
        group={group}
        rows={shown}
        hrefs={{
          inbox: `/connections/${id}/deliveries#inbox`,
          row: (rowId) => `/connections/${id}/deliveries/rows/${rowId}`,
          more: rows.length > PAGE ? rowsAddress(id, group, shown.at(-1)?.id) : null,
        }}
      />
    </Main>
  );
}
