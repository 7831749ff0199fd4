import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditEndpoint } from "@/components/partner/webhooks/edit-endpoint";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { titleFor } from "../../../title";
import { updateEndpointAction } from "../../actions";
import { loadEndpoint } from "../load-endpoint";

type Props = { params: Promise<{ partner: string; id: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

export default async function EditEndpointPage({ params }: Props) {
  const { partner, id } = await params;
  const path = `/partner/${partner}/webhooks/${id}`;
  const member = await getPartnerMember(partner, `${path}/edit`);
  if (!mayAsRole(member.role, "webhooks.manage")) notFound();
  const { endpoint } = await loadEndpoint(member, id, async () => null);
  return (
    <EditEndpoint endpoint={endpoint} save={updateEndpointAction.bind(null, partner, id)} backHref={path} />
  );
}
