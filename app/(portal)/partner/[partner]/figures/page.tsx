import type { Metadata } from "next";
import { FiguresPage } from "@/components/partner/figures";
import { getFigures } from "@/lib/partner/figures/queries";
import { figureFilter } from "@/lib/partner/figures/schema";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../as-partner";
import { titleFor } from "../title";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "figures");
}

/** How far customers come, by week and version; the filter stands in the address. */
export default async function PartnerFiguresPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const path = `/partner/${partner}/figures`;
  const member = await getPartnerMember(partner, path);
  const filter = figureFilter.parse(await searchParams);
  const view = await readAsPartner(member, (tx) => getFigures(tx, filter));
  return <FiguresPage view={view} href={path} />;
}
