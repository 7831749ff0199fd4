import { handle } from "@/app/api/v1/respond";
import { getLink, withdrawPartnerLink } from "@/lib/catalogue/link/manage-links";
import { withdrawLinkOperation } from "@/lib/partner/api/operations/links";

export const POST = handle(withdrawLinkOperation, async ({ tx, caller, id, body, publicUrl }) => {
  await getLink(tx, caller, publicUrl, id);
  body();
  await withdrawPartnerLink(tx, caller, id);
  return { link: await getLink(tx, caller, publicUrl, id) };
});
