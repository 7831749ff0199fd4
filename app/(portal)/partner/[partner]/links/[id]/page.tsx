import type { Metadata } from "next";
import { LinkDetail } from "@/components/partner/links/link-detail";
import { connectButton, qrSvg } from "@/lib/catalogue/link/share";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { titleFor } from "../../title";
import { changeLinkAction, prefillSettingsAction, withdrawLinkAction } from "../actions";
import { loadLinkDetails } from "./load-link-details";

type Props = { params: Promise<{ partner: string; id: string }> };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "links");
}

/** One link: how to share it, what came of it, what it prepares. */
export default async function LinkPage({ params }: Props) {
  const { partner, id } = await params;
  const base = `/partner/${partner}/links`;
  const member = await getPartnerMember(partner, `${base}/${id}`);
  const link = await loadLinkDetails(member, id);
  const qr = (format: "svg" | "png") => `${base}/${id}/qr?format=${format}`;
  return (
    <LinkDetail
      link={link}
      qr={`data:image/svg+xml;base64,${Buffer.from(qrSvg(link.url)).toString("base64")}`}
      button={connectButton(link.url, `Connect ${link.integrationName}`)}
      mayManage={mayAsRole(member.role, "links.manage")}
      hrefs={{
        back: link.kind === "session" ? `${base}/sessions` : base,
        svg: qr("svg"),
        png: qr("png"),
      }}
      actions={{
        change: changeLinkAction.bind(null, partner, id),
        prefill: prefillSettingsAction.bind(null, partner, id),
        withdraw: withdrawLinkAction.bind(null, partner, id),
      }}
    />
  );
}
