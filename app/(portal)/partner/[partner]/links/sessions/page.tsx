import type { Metadata } from "next";
import { LinkList } from "@/components/partner/links/link-list";
import { listLinkRows } from "@/lib/partner/link/queries";
import { linkListFilter } from "@/lib/partner/link/schema";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../as-partner";
import { listHref } from "../../list-href";
import { titleFor } from "../../title";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

/** Links that were made for one customer each. */
export default async function LinkSessionsPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const links = `/partner/${partner}/links`;
  const path = `${links}/sessions`;
  const member = await getPartnerMember(partner, path);
  const filter = linkListFilter.parse(await searchParams);
  const { rows, nextCursor, integrations } = await readAsPartner(member, async (tx) => ({
    ...(await listLinkRows(tx, { kind: "session", ...filter })),
    integrations: await listIntegrations(tx),
  }));
  return (
    <LinkList
      kind="session"
      rows={rows}
      integrations={integrations}
      chosen={filter.integration ?? null}
      mayManage={mayAsRole(member.role, "links.manage")}
      hrefs={{
        self: path,
        link: (id) => `${links}/${id}`,
        make: `${path}/new`,
        other: links,
        more: nextCursor && listHref(path, { ...filter, before: nextCursor }),
      }}
    />
  );
}
