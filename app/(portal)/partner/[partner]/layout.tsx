import type { Metadata } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { PartnerShell } from "@/components/partner/partner-shell";
import { countWaiting, WAITING_SHOWN } from "@/lib/partner/monitoring/queries";
import { getProfile } from "@/lib/partner/organization/queries";
import { findPartnerMember, getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { pickBrowserMessages } from "@/lib/platform/i18n/browser-messages";
import { getMessages } from "@/lib/platform/i18n/messages";
import { readAsPartner } from "../../as-partner";

type Props = { children: ReactNode; params: Promise<{ partner: string }> };

export async function generateMetadata({ params }: Omit<Props, "children">): Promise<Metadata> {
  const member = await findPartnerMember((await params).partner);
  const robots = { index: false };
  // For everybody else there is no such page, and no name of one.
  return member ? { title: member.partnerName, robots } : { robots };
}

export default async function PartnerLayout({ children, params }: Props) {
  const { partner } = await params;
  // The layout may be asked before its page: who signs in comes back to the page.
  const here = (await headers()).get("x-kytkin-path") ?? `/partner/${partner}`;
  const member = await getPartnerMember(partner, here);
  const { logo, waiting } = await readAsPartner(member, async (tx) => ({
    logo: (await getProfile(tx, member)).logo,
    waiting: await countWaiting(tx),
  }));
  return (
    <NextIntlClientProvider locale="en" messages={pickBrowserMessages(getMessages("en"), "partner")}>
      <PartnerShell
        member={member}
        logo={logo}
        waiting={waiting === 0 ? null : waiting > WAITING_SHOWN ? `${WAITING_SHOWN}+` : String(waiting)}
      >
        {children}
      </PartnerShell>
    </NextIntlClientProvider>
  );
}
