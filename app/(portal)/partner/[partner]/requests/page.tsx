import type { Metadata } from "next";
import { RequestList } from "@/components/partner/request-list";
import { listRequests } from "@/lib/partner/monitoring/queries";
import { requestFilter } from "@/lib/partner/monitoring/schema";
import { MAX_EXPORTED_REQUESTS } from "@/lib/partner/monitoring/write-requests";
import { mayAsRole } from "@/lib/partner/organization/roles";
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
  return titleFor(params, "requests");
}

/** What customers asked to activate; the filter stands in the address. */
export default async function RequestsPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/requests`;
  const member = await getPartnerMember(partner, path);
  const filter = requestFilter.parse(await searchParams);
  const view = await readAsPartner(member, (tx) => listRequests(tx, filter));
  const { before: _, ...narrowed } = filter;
  return (
    <RequestList
      view={view}
      mayDecide={mayAsRole(member.role, "requests.decide")}
      live={<Live slug={partner} />}
      views={
        <Views
          member={member}
          list="requests"
          filter={narrowed}
          file={{
            href: listHref(`/partner/${partner}/requests.csv`, narrowed),
            limit: MAX_EXPORTED_REQUESTS,
          }}
        />
      }
      hrefs={{
        list: path,
        decide: `${path}/decide`,
        one: (id) => `${path}/${id}`,
        more: (before) => listHref(path, { ...filter, before }),
      }}
    />
  );
}
