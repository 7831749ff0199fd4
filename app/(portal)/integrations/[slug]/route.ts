import { findPublicLinkToken } from "@/lib/integration/find-public-link";
import { inScope } from "@/lib/web-database";

type Context = { params: Promise<{ slug: string }> };

/** A listed integration's stable address: leads to its activation link. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  const token = await inScope({ kind: "public" }, (tx) => findPublicLinkToken(tx, slug));
  return new Response(null, {
    status: token ? 307 : 404,
    headers: token ? { Location: `/a/${token}`, "Cache-Control": "no-store" } : {},
  });
}
