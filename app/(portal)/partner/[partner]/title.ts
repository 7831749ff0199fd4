import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { findPartnerMember } from "@/lib/partner/organization/signed-in-member";

/** A page's title with the partner's name, for its members; for everybody else there is no such page. */
export async function titleFor(
  params: Promise<{ partner: string }>,
  key:
    | "requests"
    | "connections"
    | "integrations"
    | "figures"
    | "applications"
    | "links"
    | "webhooks"
    | "keys"
    | "members"
    | "alerts"
    | "profile",
): Promise<Metadata> {
  const member = await findPartnerMember((await params).partner);
  if (!member) return {};
  const t = await getTranslations("partner.nav");
  return { title: `${t(key)} · ${member.partnerName}` };
}
