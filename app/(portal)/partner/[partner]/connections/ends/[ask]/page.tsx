import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { EndProgress } from "@/components/partner/end-progress";
import { getEnded } from "@/lib/partner/monitoring/end-connections";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../../as-partner";
import { Live } from "../../../live";
import { titleFor } from "../../../title";

type Props = { params: Promise<{ partner: string; ask: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "connections");
}

/** How far the end of what was asked for at once has come. */
export default async function EndedPage({ params }: Props) {
  const { partner, ask } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/connections/ends/${ask}`);
  if (!z.uuid().safeParse(ask).success) notFound();
  const ended = await readAsPartner(member, (tx) => getEnded(tx, ask));
  return (
    <EndProgress
      ended={ended}
      live={<Live slug={partner} />}
      hrefs={{
        list: `/partner/${partner}/connections`,
        request: (id) => `/partner/${partner}/requests/${id}`,
      }}
    />
  );
}
