import { notFound, redirect } from "next/navigation";
import { findPublicLinkToken } from "@/lib/catalogue/integration/find-public-link";
import { inScope } from "@/lib/platform/web-database";

type Props = { params: Promise<{ slug: string }> };

/** A listed integration's stable address: leads to its activation link. */
export default async function PublicIntegrationPage({ params }: Props) {
  const { slug } = await params;
  // Anything can stand in an address; PostgreSQL takes no NUL.
  if (!/^[a-z0-9-]{1,80}$/.test(slug)) notFound();
  const token = await inScope({ kind: "public" }, (tx) => findPublicLinkToken(tx, slug));
  if (!token) notFound();
  redirect(`/a/${token}`);
}
