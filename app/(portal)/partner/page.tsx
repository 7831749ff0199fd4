import { redirect } from "next/navigation";
import { listPartners } from "@/lib/partner/organization/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";

/** The first of the person's partners; without one, how to become a partner. */
export default async function PartnerIndexPage() {
  const viewer = await getViewer("/partner");
  const [first] = await inScope({ kind: "auth" }, (tx) => listPartners(tx, viewer.userId));
  redirect(first ? `/partner/${first.slug}` : "/partners");
}
