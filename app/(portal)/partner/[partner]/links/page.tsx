import type { Metadata } from "next";
import { Links } from "@/components/partner/links";
import { listIntegrations, listLinks } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { getWebEnv } from "@/lib/platform/env";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";
import { createLinkAction, withdrawLinkAction } from "./actions";

type Props = { params: Promise<{ partner: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

/** Links to the partner's integrations. */
export default async function LinksPage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/links`);
  const view = await readAsPartner(member, async (tx) => ({
    links: await listLinks(tx, getWebEnv().KYTKIN_PUBLIC_URL),
    integrations: await listIntegrations(tx),
  }));
  return (
    <Links
      {...view}
      mayManage={mayAsRole(member.role, "links.manage")}
      actions={{
        create: createLinkAction.bind(null, partner),
        withdraw: withdrawLinkAction.bind(null, partner),
      }}
    />
  );
}
