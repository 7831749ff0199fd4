import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewEndpoint } from "@/components/partner/webhooks/new-endpoint";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { titleFor } from "../../title";
import { createEndpointAction } from "../actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

export default async function NewEndpointPage({ params }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/webhooks`;
  const member = await getPartnerMember(partner, `${base}/new`);
  if (!mayAsRole(member.role, "webhooks.manage")) notFound();
  return <NewEndpoint create={createEndpointAction.bind(null, partner)} backHref={base} />;
}
