import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewIntegration } from "@/components/partner/integrations/new-integration";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { listApplications } from "@/lib/partner/specification/queries";
import { readAsPartner } from "../../../../as-partner";
import { titleFor } from "../../title";
import { createIntegrationAction } from "../actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "integrations");
}

export default async function NewIntegrationPage({ params }: Props) {
  const { partner } = await params;
  const base = `/partner/${partner}/integrations`;
  const member = await getPartnerMember(partner, `${base}/new`);
  if (!mayAsRole(member.role, "specifications.edit")) notFound();
  const view = await readAsPartner(member, async (tx) => ({
    applications: await listApplications(tx),
    models: await listIntegrations(tx),
  }));
  return (
    <NewIntegration
      {...view}
      listHref={base}
      applicationsHref={`/partner/${partner}/applications`}
      create={createIntegrationAction.bind(null, partner)}
    />
  );
}
