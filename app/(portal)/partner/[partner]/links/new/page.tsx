import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewLink } from "@/components/partner/links/new-link";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../as-partner";
import { titleFor } from "../../title";
import { createLinkAction } from "../actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

export default async function NewLinkPage({ params }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/links`;
  const member = await getPartnerMember(partner, `${base}/new`);
  if (!mayAsRole(member.role, "links.manage")) notFound();
  return (
    <NewLink
      integrations={await readAsPartner(member, listIntegrations)}
      create={createLinkAction.bind(null, partner)}
      backHref={base}
    />
  );
}
