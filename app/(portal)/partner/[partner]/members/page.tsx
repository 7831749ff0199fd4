import type { Metadata } from "next";
import { Members } from "@/components/partner/members";
import { getMembers } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import {
  changeRoleAction,
  inviteMemberAction,
  removeMemberAction,
  withdrawInvitationAction,
} from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "members");
}

/** Who works for the partner. */
export default async function MembersPage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/members`);
  return (
    <Members
      view={await readAsPartner(member, (tx) => getMembers(tx, member))}
      partnerName={member.partnerName}
      mayManage={mayAsRole(member.role, "members.manage")}
      actions={{
        invite: inviteMemberAction.bind(null, partner),
        withdraw: withdrawInvitationAction.bind(null, partner),
        changeRole: changeRoleAction.bind(null, partner),
        remove: removeMemberAction.bind(null, partner),
      }}
    />
  );
}
