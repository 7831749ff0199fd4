import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApplicationForm } from "@/components/partner/applications/application-form";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { titleFor } from "../../../title";
import { changeApplicationAction } from "../../actions";
import { loadApplication } from "../load-application";

type Props = { params: Promise<{ partner: string; id: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "applications");
}

/** Other values for an application, which are used once the vendor accepted them. */
export default async function ChangeApplicationPage({ params }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/applications`;
  const member = await getPartnerMember(partner, `${base}/${id}/change`);
  if (!mayAsRole(member.role, "applications.manage")) notFound();
  const application = await loadApplication(member, id);
  return (
    <ApplicationForm
      kind="change"
      connectorName={application.connectorName}
      name={application.clientId}
      stage={application.stage}
      fields={application.fields}
      isClientIdFixed={application.isClientIdFixed}
      hidden={{}}
      hrefs={{ back: `${base}/${id}`, other: null }}
      save={changeApplicationAction.bind(null, partner, id)}
    />
  );
}
