import { redirect } from "next/navigation";
import { getViewer } from "@/lib/auth/viewer";
import { listPartners } from "@/lib/partner/queries";
import { inScope } from "@/lib/web-database";

/** The first of the person's partners; without one, how to become a partner. */
export default async function PartnerIndexPage() {
  const viewer = await getViewer("/partner");
  const [first] = await inScope({ kind: "auth" }, (tx) => listPartners(tx, viewer.userId));
  redirect(first ? `/partner/${first.slug}` : "/partners");
}
