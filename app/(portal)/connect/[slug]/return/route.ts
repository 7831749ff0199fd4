import { cookies } from "next/headers";
import { parseVendorReturn } from "@/lib/activation/grant/parse-vendor-return";
import { readReturnBody } from "@/lib/activation/grant/read-return-body";
import { returnCookieName, returnCookieOptions } from "@/lib/activation/grant/return-cookie";
import type { VendorReturn } from "@/lib/activation/grant/schema";
import { sealReturn } from "@/lib/activation/grant/seal-return";
import { getWebEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { inScope } from "@/lib/platform/web-database";

type Context = { params: Promise<{ slug: string }> };

/**
 * Where a vendor sends the customer's browser back to. It changes nothing: what came in the query is kept sealed in a
 * short-lived cookie, and the browser goes on to a clean address.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return keepReturn(request, (await params).slug, "");
}

/**
 * The same for a vendor that posts a form (`form_post`). The browser sends no `Lax` cookie along, so that nobody is signed in
 * here and nothing may depend on it: the page that the 303 leads to is asked for with the session.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return keepReturn(request, (await params).slug, await readReturnBody(request));
}

async function keepReturn(request: Request, slug: string, body: string): Promise<Response> {
  const { search } = new URL(request.url);
  const { headers } = request;
  const returned = await inScope({ kind: "public" }, (tx) =>
    parseVendorReturn(tx, slug, search, { body, headers }),
  );
  const { KYTKIN_PUBLIC_URL: publicUrl, NEXTAUTH_SECRET: secret } = getWebEnv();
  const store = await cookies();
  const name = returnCookieName(publicUrl);
  if (returned) {
    logReturn(request.method, returned);
    store.set(name, sealReturn(secret, returned), returnCookieOptions(publicUrl));
  } else store.set(name, "", returnCookieOptions(publicUrl, 0));
  return new Response(null, {
    status: 303,
    headers: {
      Location: `/connect/${encodeURIComponent(slug)}/continue`,
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
    },
  });
}

/** How it was understood, without a value or a name that came in: either may be a person's or a secret. */
function logReturn(method: string, returned: VendorReturn): void {
  const { slug: integration, kind: understoodAs } = returned;
  const outcome = "outcome" in returned ? returned.outcome : undefined;
  const because = "because" in returned ? returned.because : undefined;
  log.info({ integration, method, understoodAs, outcome, because }, "a browser came back from the vendor");
}
