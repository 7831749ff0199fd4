import type { Metadata } from "next";
import { ApiKeys } from "@/components/partner/api-keys";
import { listApiKeys } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import { createKeyAction, revokeKeyAction } from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "keys");
}

/** Keys of the partner API. */
export default async function ApiKeysPage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/keys`);
  return (
    <ApiKeys
      keys={await readAsPartner(member, listApiKeys)}
      mayManage={mayAsRole(member.role, "api_keys.manage")}
      actions={{
        create: createKeyAction.bind(null, partner),
        revoke: revokeKeyAction.bind(null, partner),
      }}
    />
  );
}
