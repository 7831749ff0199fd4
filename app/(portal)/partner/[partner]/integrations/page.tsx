import type { Metadata } from "next";
import { IntegrationList } from "@/components/partner/integrations/integration-list";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { listOwnIntegrations } from "@/lib/partner/specification/queries";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "integrations");
}

/** What the partner offers, and how far each is. */
export default async function IntegrationsPage({ params }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/integrations`;
  const member = await getPartnerMember(partner, base);
  return (
    <IntegrationList
      base={base}
      integrations={await readAsPartner(member, listOwnIntegrations)}
      mayEdit={mayAsRole(member.role, "specifications.edit")}
    />
  );
}
