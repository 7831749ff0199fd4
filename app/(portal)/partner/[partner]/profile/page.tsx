import type { Metadata } from "next";
import { ReturnAddresses } from "@/components/partner/links/return-addresses";
import { PartnerProfile } from "@/components/partner/profile";
import { listReturnAddresses } from "@/lib/catalogue/link/return-addresses";
import { getProfile } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import {
  addReturnAddressAction,
  removeLogoAction,
  removeReturnAddressAction,
  saveProfileAction,
  setLogoAction,
} from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "profile");
}

/** What others know of the organization. */
export default async function PartnerProfilePage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/profile`);
  const { profile, addresses } = await readAsPartner(member, async (tx) => ({
    profile: await getProfile(tx, member),
    addresses: await listReturnAddresses(tx),
  }));
  return (
    <PartnerProfile
      profile={profile}
      returnAddresses={
        <ReturnAddresses
          addresses={addresses}
          mayManage={mayAsRole(member.role, "links.manage")}
          actions={{
            add: addReturnAddressAction.bind(null, partner),
            remove: removeReturnAddressAction.bind(null, partner),
          }}
        />
      }
      mayEdit={mayAsRole(member.role, "profile.edit")}
      actions={{
        save: saveProfileAction.bind(null, partner),
        setLogo: setLogoAction.bind(null, partner),
        removeLogo: removeLogoAction.bind(null, partner),
      }}
    />
  );
}
