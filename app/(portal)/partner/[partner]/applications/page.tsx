import type { Metadata } from "next";
import { ApplicationList } from "@/components/partner/applications/application-list";
import { listApplications } from "@/lib/partner/application/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { Live } from "../live";
import { titleFor } from "../title";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "applications");
}

/** What vendors gave the partner. */
export default async function ApplicationsPage({ params }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/applications`;
  const member = await getPartnerMember(partner, path);
  return (
    <ApplicationList
      applications={await readAsPartner(member, listApplications)}
      mayManage={mayAsRole(member.role, "applications.manage")}
      live={<Live slug={partner} />}
      href={path}
    />
  );
}
