import { Overview } from "@/components/partner/overview";
import { countWaiting } from "@/lib/partner/monitoring/queries";
import { getSetup } from "@/lib/partner/organization/queries";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../as-partner";
import { Live } from "./live";

type Props = { params: Promise<{ partner: string }> };

/** What waits, and what is left to do before a customer can come. */
export default async function PartnerPage({ params }: Props) {
  const { partner } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}`);
  const view = await readAsPartner(member, async (tx) => ({
    setup: await getSetup(tx, member),
    waiting: await countWaiting(tx),
  }));
  return <Overview {...view} slug={member.slug} live={<Live slug={member.slug} />} />;
}
