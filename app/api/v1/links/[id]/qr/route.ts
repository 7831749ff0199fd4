import { handle } from "@/app/api/v1/respond";
import { getLink } from "@/lib/catalogue/link/manage-links";
import { qrPng, qrSvg } from "@/lib/catalogue/link/share";
import { getLinkQr } from "@/lib/partner/api/operations/links";

export const GET = handle(getLinkQr, async ({ tx, caller, id, query, publicUrl }) => {
  const { url } = await getLink(tx, caller, publicUrl, id);
  return query.format === "png"
    ? new Response(new Uint8Array(qrPng(url)), { headers: { "Content-Type": "image/png" } })
    : new Response(qrSvg(url), { headers: { "Content-Type": "image/svg+xml" } });
});
