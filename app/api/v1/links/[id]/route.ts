import { handle } from "@/app/api/v1/respond";
import { getLink, updatePartnerLink } from "@/lib/catalogue/link/manage-links";
import { getLinkOperation, updateLinkOperation } from "@/lib/partner/api/operations/links";

export const GET = handle(getLinkOperation, async ({ tx, caller, id, publicUrl }) => ({
  link: await getLink(tx, caller, publicUrl, id),
}));

export const PATCH = handle(updateLinkOperation, async ({ tx, caller, id, body, publicUrl }) => {
  await getLink(tx, caller, publicUrl, id);
  const { expiresAt, ...change } = body();
  const end = expiresAt === undefined ? {} : { expiresAt: expiresAt === null ? null : new Date(expiresAt) };
  await updatePartnerLink(tx, caller, id, { ...change, ...end });
  return { link: await getLink(tx, caller, publicUrl, id) };
});
