import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DeliveryDetail } from "@/components/partner/webhooks/delivery-detail";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getWebhookDelivery } from "@/lib/partner/webhook/queries";
import { Live } from "../../../../live";
import { titleFor } from "../../../../title";
import { replayDeliveryAction } from "../../../actions";
import { loadEndpoint } from "../../load-endpoint";

type Props = { params: Promise<{ partner: string; id: string; delivery: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

/** One event on its way to an endpoint: each request with its answer. */
export default async function DeliveryPage({ params }: Props) {
  const { partner, id, delivery: deliveryId } = await params;
  const path = `/partner/${partner}/webhooks/${id}`;
  const member = await getPartnerMember(partner, `${path}/deliveries/${deliveryId}`);
  if (!z.uuid().safeParse(deliveryId).success) notFound();
  const { endpoint, more: delivery } = await loadEndpoint(member, id, (tx, owner) =>
    getWebhookDelivery(tx, owner, deliveryId),
  );
  if (delivery.endpointId !== id) notFound();
  return (
    <DeliveryDetail
      delivery={delivery}
      isActive={endpoint.state === "active"}
      mayManage={mayAsRole(member.role, "webhooks.manage")}
      live={<Live slug={partner} />}
      backHref={path}
      replay={replayDeliveryAction.bind(null, partner, id, deliveryId)}
    />
  );
}
