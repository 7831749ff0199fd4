import type { Metadata } from "next";
import { AlertForm } from "@/components/partner/alerts/alert-form";
import { getAlerts } from "@/lib/partner/alert/manage-alerts";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import { saveAlertsAction } from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "alerts");
}

/** What the member hears of by mail. */
export default async function PartnerAlertsPage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/alerts`);
  const alerts = await readAsPartner(member, getAlerts);
  return <AlertForm alerts={alerts} email={member.email} save={saveAlertsAction.bind(null, partner)} />;
}
