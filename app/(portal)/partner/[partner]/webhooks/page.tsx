import type { Metadata } from "next";
import { EndpointList } from "@/components/partner/webhooks/endpoint-list";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { listWebhookEndpoints } from "@/lib/partner/webhook/queries";
import { readAsPartner } from "../../../as-partner";
import { Live } from "../live";
import { titleFor } from "../title";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

/** Where the partner's software is told of what happens. */
export default async function WebhooksPage({ params }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/webhooks`;
  const member = await getPartnerMember(partner, path);
  const { partnerId } = member;
  const endpoints = await readAsPartner(member, async (tx) => {
    const found = [];
    for (const stage of ["production", "test"])
      for (const endpoint of await listWebhookEndpoints(tx, { partnerId, stage }))
        found.push({ ...endpoint, stage });
    return found;
  });
  return (
    <EndpointList
      endpoints={endpoints}
      mayManage={mayAsRole(member.role, "webhooks.manage")}
      live={<Live slug={partner} />}
      href={path}
    />
  );
}
