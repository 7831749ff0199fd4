import { handle } from "@/app/api/v1/respond";
import { getLink } from "@/lib/catalogue/link/manage-links";
import { connectButton } from "@/lib/catalogue/link/share";
import { getLinkButton } from "@/lib/partner/api/operations/links";

export const GET = handle(getLinkButton, async ({ tx, caller, id, query, publicUrl }) => {
  const { url } = await getLink(tx, caller, publicUrl, id);
  return new Response(connectButton(url, query.label), {
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
});
