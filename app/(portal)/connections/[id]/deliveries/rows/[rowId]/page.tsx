import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { InboxRowPage } from "@/components/delivery/inbox-row-page";
import { Main } from "@/components/shell/container";
import { findInboxRow } from "@/lib/connection/delivery/queries";
import { listRowFields } from "@/lib/connection/delivery/row-form";
import { askForRow, fetchRow } from "@/lib/connection/delivery/view-row";
import { getViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { asCustomer } from "../../../../../as-customer";
import { fixRowAction, giveRowVerdictAction } from "../../actions";
import { loadForDeliveries } from "../../load-deliveries";
import { rowsAddress } from "../group-address";

type Props = { params: Promise<{ id: string; rowId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.row");
  return { title: t("rows"), robots: { index: false } };
}

/** One row of the inbox. Its content is opened by the gateway, for one look that is written down. */
export default async function Page({ params }: Props) {
  const { id, rowId } = await params;
  if (!z.uuid().safeParse(rowId).success) notFound();
  const { connection, entities } = await loadForDeliveries(id);
  const viewer = await getViewer(`/connections/${id}/deliveries/rows/${rowId}`);
  const gatewayUrl = getWebEnv().KYTKIN_GATEWAY_INTERNAL_URL;
  const read = await asCustomer(viewer, async (tx) => {
    const row = await findInboxRow(tx, id, rowId);
    return row && { row, ticket: gatewayUrl && (await askForRow(tx, viewer, { connectionId: id, rowId })) };
  });
  // It was corrected, written or put aside meanwhile.
  if (!read) redirect(`/connections/${id}/deliveries#inbox`);
  const { row, ticket } = read;
  const opened = gatewayUrl && ticket ? await fetchRow(gatewayUrl, ticket) : null;
  const entity = entities.find((one) => one.id === row.entity);
  return (
    <Main>
      <InboxRowPage
        connectionId={id}
        connector={{ id: connection.connectorId, name: connection.connectorName }}
        row={row}
        opened={opened}
        fields={entity && opened ? listRowFields(entity, opened.fields) : null}
        fix={fixRowAction}
        giveVerdict={giveRowVerdictAction}
        listHref={rowsAddress(id, row)}
      />
    </Main>
  );
}
