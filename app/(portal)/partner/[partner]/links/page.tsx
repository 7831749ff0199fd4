import type { Metadata } from "next";
import { LinkList } from "@/components/partner/links/link-list";
import { listLinkRows } from "@/lib/partner/link/queries";
import { linkListFilter } from "@/lib/partner/link/schema";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { listHref } from "../list-href";
import { titleFor } from "../title";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

/** Links to the partner's integrations. */
export default async function LinksPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/links`;
  const member = await getPartnerMember(partner, path);
  const filter = linkListFilter.parse(await searchParams);
  const { rows, nextCursor, integrations } = await readAsPartner(member, async (tx) => ({
    ...(await listLinkRows(tx, { kind: "shared", ...filter })),
    integrations: await listIntegrations(tx),
  }));
  return (
    <LinkList
      kind="shared"
      rows={rows}
      integrations={integrations}
      chosen={filter.integration ?? null}
      mayManage={mayAsRole(member.role, "links.manage")}
      hrefs={{
        self: path,
        link: (id) => `${path}/${id}`,
        make: `${path}/new`,
        other: `${path}/sessions`,
        more: nextCursor && listHref(path, { ...filter, before: nextCursor }),
      }}
    />
  );
}
