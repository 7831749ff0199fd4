import type { Metadata } from "next";
import { PartnerProfile } from "@/components/partner/profile";
import { getProfile } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import { removeLogoAction, saveProfileAction, setLogoAction } from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "profile");
}

/** What others know of the organization. */
export default async function PartnerProfilePage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/profile`);
  return (
    <PartnerProfile
      profile={await readAsPartner(member, (tx) => getProfile(tx, member))}
      mayEdit={mayAsRole(member.role, "profile.edit")}
      actions={{
        save: saveProfileAction.bind(null, partner),
        setLogo: setLogoAction.bind(null, partner),
        removeLogo: removeLogoAction.bind(null, partner),
      }}
    />
  );
}
