import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReplayEvents } from "@/components/partner/webhooks/replay-events";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { countReplay } from "@/lib/partner/webhook/replay";
import { replayInput } from "@/lib/partner/webhook/schema";
import { titleFor } from "../../../title";
import { replayRangeAction } from "../../actions";
import { loadEndpoint } from "../load-endpoint";

type Props = {
  params: Promise<{ partner: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "webhooks");
}

/** How many events a range would send, before they are sent. */
export default async function ReplayPage({ params, searchParams }: Props) {
  const { partner, id } = await params;
  const path = `/partner/${partner}/webhooks/${id}`;
  const member = await getPartnerMember(partner, `${path}/replay`);
  if (!mayAsRole(member.role, "webhooks.manage")) notFound();
  const { what, days, range } = replayInput.parse(await searchParams);
  const { endpoint, more: count } = await loadEndpoint(member, id, (tx, { stage }) =>
    countReplay(tx, actAsMember(member, stage, "webhooks.manage"), id, range),
  );
  return (
    <ReplayEvents
      isActive={endpoint.state === "active"}
      url={endpoint.url}
      given={{ what, from: days.from ?? "", to: days.to ?? "" }}
      count={count}
      hrefs={{ self: `${path}/replay`, back: path }}
      replay={replayRangeAction.bind(null, partner, id)}
    />
  );
}
