import type { NextRequest } from "next/server";
import { qrPng, qrSvg } from "@/lib/catalogue/link/share";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { loadLinkDetails } from "../load-link-details";

type Context = { params: Promise<{ partner: string; id: string }> };

/** The link's QR code as a file. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { partner, id } = await params;
  const member = await getPartnerMember(partner, `/partner/${partner}/links/${id}`);
  const { url } = await loadLinkDetails(member, id);
  const isPng = request.nextUrl.searchParams.get("format") === "png";
  return new Response(isPng ? new Uint8Array(qrPng(url)) : qrSvg(url), {
    headers: {
      "Content-Type": isPng ? "image/png" : "image/svg+xml",
      "Content-Disposition": `attachment; filename="activation-link.${isPng ? "png" : "svg"}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
