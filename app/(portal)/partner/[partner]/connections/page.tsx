import type { Metadata } from "next";
import { PartnerConnectionList } from "@/components/partner/connection-list";
import { listPartnerConnections } from "@/lib/partner/monitoring/queries";
import { connectionFilter } from "@/lib/partner/monitoring/schema";
import { MAX_EXPORTED_CONNECTIONS } from "@/lib/partner/monitoring/write-connections";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { listHref } from "../list-href";
import { Live } from "../live";
import { titleFor } from "../title";
import { Views } from "../views";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "connections");
}

/** Where the partner's integrations are active. */
export default async function PartnerConnectionsPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/connections`;
  const member = await getPartnerMember(partner, path);
  const filter = connectionFilter.parse(await searchParams);
  const { before: _, ...narrowed } = filter;
  const view = await readAsPartner(member, (tx) => listPartnerConnections(tx, filter));
  return (
    <PartnerConnectionList
      view={view}
      live={<Live slug={partner} />}
      views={
        <Views
          member={member}
          list="connections"
          filter={narrowed}
          file={{
            href: listHref(`/partner/${partner}/connections.csv`, narrowed),
            limit: MAX_EXPORTED_CONNECTIONS,
          }}
        />
      }
      hrefs={{
        list: path,
        one: (id) => `${path}/${id}`,
        more: (before) => listHref(path, { ...filter, before }),
      }}
    />
  );
}
