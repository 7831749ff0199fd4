import { cookies } from "next/headers";
import { parseVendorReturn } from "@/lib/activation/grant/parse-vendor-return";
import { returnCookieName, returnCookieOptions } from "@/lib/activation/grant/return-cookie";
import { sealReturn } from "@/lib/activation/grant/seal-return";
import { getWebEnv } from "@/lib/platform/env";
import { inScope } from "@/lib/platform/web-database";

type Context = { params: Promise<{ slug: string }> };

/**
 * Where a vendor sends the customer's browser back to. It changes nothing: what came in the query is kept sealed in a
 * short-lived cookie, and the browser goes on to a clean address.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  const query = new URL(request.url).searchParams;
  const returned = await inScope({ kind: "public" }, (tx) => parseVendorReturn(tx, slug, query));
  const { KYTKIN_PUBLIC_URL: publicUrl, NEXTAUTH_SECRET: secret } = getWebEnv();
  const store = await cookies();
  const name = returnCookieName(publicUrl);
  if (returned) store.set(name, sealReturn(secret, returned), returnCookieOptions(publicUrl));
  else store.set(name, "", returnCookieOptions(publicUrl, 0));
  return new Response(null, {
    status: 303,
    headers: {
      Location: `/connect/${encodeURIComponent(slug)}/continue`,
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
    },
  });
}
