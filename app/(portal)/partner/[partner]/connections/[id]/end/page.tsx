import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { EndConnections } from "@/components/partner/end-connections";
import { isAppError } from "@/lib/core/app-error";
import { previewEnd } from "@/lib/partner/monitoring/end-connections";
import { END_EXTENTS } from "@/lib/partner/monitoring/schema";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../../as-partner";
import { titleFor } from "../../../title";
import { endConnectionsAction } from "./actions";

type Props = {
  params: Promise<{ partner: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "connections");
}

/** What would end, why, and the question once more. */
export default async function EndConnectionsPage({ params, searchParams }: Props) {
  const { partner, id } = await params;
  const list = `/partner/${partner}/connections`;
  const member = await getPartnerMember(partner, `${list}/${id}/end`);
  if (!z.uuid().safeParse(id).success || !mayAsRole(member.role, "connections.end")) notFound();
  const extent = z
    .enum(END_EXTENTS)
    .catch("connection")
    .parse((await searchParams).extent);
  const preview = await readAsPartner(member, (tx) => previewEnd(tx, id)).catch((error: unknown) => {
    if (isAppError(error, "conflict")) return null;
    throw error;
  });
  // Ended meanwhile, or by an earlier press of the button.
  if (!preview) redirect(list);
  return (
    <EndConnections
      preview={preview}
      extent={extent}
      hrefs={{
        list,
        extent: (one) => `${list}/${id}/end${one === "customer" ? "?extent=customer" : ""}`,
      }}
      end={endConnectionsAction.bind(null, partner)}
    />
  );
}
