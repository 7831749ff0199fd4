import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { RetireIntegration } from "@/components/partner/integrations/retirement";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getIntegrationPage } from "@/lib/partner/specification/queries";
import { readAsPartner } from "../../../../../as-partner";
import { titleFor } from "../../../title";
import { retireAction } from "../actions";

type Props = { params: Promise<{ partner: string; integration: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "integrations");
}

/** What giving an integration up means, with the day, words for its customers, and its name to be typed. */
export default async function RetireIntegrationPage({ params }: Props) {
  const { partner, integration } = await params;
  const here = `/partner/${partner}/integrations/${integration}`;
  const member = await getPartnerMember(partner, `${here}/retire`);
  if (!mayAsRole(member.role, "connections.end")) notFound();
  const view = await readAsPartner(member, (tx) => getIntegrationPage(tx, member, integration));
  // Announced meanwhile, or nothing of it was ever published.
  if (view.retirement || !view.versions.some(({ state }) => state === "published")) redirect(here);
  return (
    <RetireIntegration
      integration={view}
      backHref={here}
      retire={retireAction.bind(null, partner, integration)}
    />
  );
}
