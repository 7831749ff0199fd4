import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewSession } from "@/components/partner/links/new-session";
import { listReturnAddresses } from "@/lib/catalogue/link/return-addresses";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../../as-partner";
import { titleFor } from "../../../title";
import { createSessionAction } from "../../actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

export default async function NewSessionPage({ params }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/links/sessions`;
  const member = await getPartnerMember(partner, `${base}/new`);
  if (!mayAsRole(member.role, "links.manage")) notFound();
  const view = await readAsPartner(member, async (tx) => ({
    integrations: await listIntegrations(tx),
    allowed: (await listReturnAddresses(tx)).map(({ address }) => address),
  }));
  return <NewSession {...view} create={createSessionAction.bind(null, partner)} backHref={base} />;
}
