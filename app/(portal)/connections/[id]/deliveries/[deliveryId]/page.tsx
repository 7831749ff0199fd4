import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { DeliveryDetail } from "@/components/delivery/delivery-detail";
import { Main } from "@/components/shell/container";
import { findDelivery } from "@/lib/connection/delivery/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../../as-customer";
import { loadForDeliveries } from "../load-deliveries";

type Props = { params: Promise<{ id: string; deliveryId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deliveries.detail");
  return { title: t("title"), robots: { index: false } };
}

/** One delivery, followed while its rows are under way. */
export default async function Page({ params }: Props) {
  const { id, deliveryId } = await params;
  if (!z.uuid().safeParse(deliveryId).success) notFound();
  const { connection } = await loadForDeliveries(id);
  const viewer = await getViewer(`/connections/${id}/deliveries/${deliveryId}`);
  const delivery = await asCustomer(viewer, (tx) => findDelivery(tx, id, deliveryId));
  if (!delivery) notFound();
  const list = `/connections/${id}/deliveries`;
  return (
    <Main>
      <DeliveryDetail
        delivery={delivery}
        connectorId={connection.connectorId}
        hrefs={{ list, inbox: `${list}#inbox` }}
      />
    </Main>
  );
}
