import { notFound } from "next/navigation";
import { cache } from "react";
import { findViewer, getViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";
import { findMember } from "./queries";
import type { PartnerMember } from "./schema";

/** The signed-in person as a member of this partner, or null. Asked once for each request, from the member's row. */
export const findPartnerMember = cache(async (slug: string): Promise<PartnerMember | null> => {
  const viewer = await findViewer();
  return viewer && inScope({ kind: "auth" }, (tx) => findMember(tx, viewer, slug));
});

/**
 * The signed-in member. A visitor is sent to sign in and comes back to `returnTo`; for anybody else there is no such
 * partner: 404. Asked in every page and action under /partner/[partner]; each transaction asks the database again.
 */
export async function getPartnerMember(slug: string, returnTo: string): Promise<PartnerMember> {
  await getViewer(returnTo);
  return (await findPartnerMember(slug)) ?? notFound();
}
