import { handle } from "@/app/api/v1/respond";
import { createPartnerLink, getLink, listLinks } from "@/lib/catalogue/link/manage-links";
import { createLinkOperation, listLinksOperation } from "@/lib/partner/api/operations/links";

export const GET = handle(listLinksOperation, ({ tx, caller, query, publicUrl }) =>
  listLinks(tx, caller, publicUrl, query),
);

export const POST = handle(createLinkOperation, async ({ tx, caller, body, publicUrl }) => {
  const { expiresAt, ...link } = body();
  const id = await createPartnerLink(tx, caller, {
    ...link,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  });
  return { link: await getLink(tx, caller, publicUrl, id) };
});
