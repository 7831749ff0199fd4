import { handle } from "@/app/api/v1/respond";
import { createLinkSession, getLink } from "@/lib/catalogue/link/manage-links";
import { createLinkSessionOperation } from "@/lib/partner/api/operations/links";

export const POST = handle(createLinkSessionOperation, async ({ tx, caller, body, publicUrl }) => {
  const session = body();
  const link = await getLink(tx, caller, publicUrl, await createLinkSession(tx, caller, session));
  const { id, url, expiresAt } = link;
  return { linkSession: { id, url, customerRef: session.customerRef, expiresAt: expiresAt ?? "" } };
});
