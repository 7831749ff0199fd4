import type { Metadata } from "next";
import { ApplicationDetail } from "@/components/partner/applications/application-detail";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { Live } from "../../live";
import { titleFor } from "../../title";
import { deleteApplicationAction, discardChangeAction, tryApplicationAction } from "../actions";
import { loadApplication } from "./load-application";

type Props = { params: Promise<{ partner: string; id: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "applications");
}

/** How one application stands, what is in use, and what was tried. */
export default async function ApplicationPage({ params }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/applications`;
  const member = await getPartnerMember(partner, `${base}/${id}`);
  return (
    <ApplicationDetail
      application={await loadApplication(member, id)}
      mayManage={mayAsRole(member.role, "applications.manage")}
      live={<Live slug={partner} />}
      hrefs={{ back: base, change: `${base}/${id}/change` }}
      actions={{
        tryIt: tryApplicationAction.bind(null, partner, id),
        discard: discardChangeAction.bind(null, partner, id),
        remove: deleteApplicationAction.bind(null, partner, id),
      }}
    />
  );
}
