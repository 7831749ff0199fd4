import { type NextRequest, NextResponse } from "next/server";
import { isDatabaseAway } from "@/db/errors";
import { isGuessingLinks } from "@/lib/catalogue/integration/link-guesses";
import { findLinkPreparation } from "@/lib/catalogue/link/find-link-preparation";
import { cookieOptions, listOutdatedCookies } from "@/lib/core/cookies";
import { isLocale } from "@/lib/core/locales";
import { probeCookieName, probeCookieOptions } from "@/lib/people/auth/cookies";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "@/lib/platform/i18n/locale-cookie";
import { siteLocaleOf } from "@/lib/platform/i18n/site-path";
import { unavailablePage } from "@/lib/platform/outage/unavailable-page";
import { isDatabaseReachable } from "@/lib/platform/outage/web-reachability";

/** What customers will see of a draft, shown in a frame of the page in which it is written. */
const isPreview = (path: string): boolean => path.startsWith("/preview/");

function contentSecurityPolicy(nonce: string, isHttps: boolean, frameAncestors: "'none'" | "'self'"): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    // Radix measures and places its popovers by style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function refuseGuessing(): Response {
  return new Response(
    "Too many unknown links were opened from this address. Wait fifteen minutes and use the link that you were given.\n",
    {
      status: 429,
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Retry-After": "900",
        "Cache-Control": "no-store",
      },
    },
  );
}

/**
 * Gives every page its content security policy, refuses those who try links out, and answers for all pages while the database
 * is away. Actions go on to their own error, which keeps what was typed.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const isAction = request.headers.has("next-action");
  if (!isAction && !(await isDatabaseReachable())) {
    return unavailablePage(request.nextUrl.pathname, request.headers, request.cookies);
  }
  const linkToken = /^\/a\/([^/]+)/.exec(request.nextUrl.pathname)?.[1];
  if (linkToken && (await isGuessing(request.headers, linkToken))) return refuseGuessing();
  const language = linkToken && !isAction ? await findLinkLanguage(request, linkToken) : null;
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
  const policy = contentSecurityPolicy(
    nonce,
    publicUrl.startsWith("https:"),
    isPreview(request.nextUrl.pathname) ? "'self'" : "'none'",
  );
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set("x-kytkin-path", request.nextUrl.pathname + request.nextUrl.search);
  // The page itself is in the link's language already, and those that follow find the cookie.
  if (language)
    headers.set(
      "cookie",
      [headers.get("cookie"), `${localeCookieName(publicUrl)}=${language}`].filter(Boolean).join("; "),
    );
  const response = NextResponse.next({ request: { headers } });
  if (language) response.cookies.set(localeCookieName(publicUrl), language, cookieOptions(publicUrl, {}));
  response.headers.set("Content-Security-Policy", policy);
  if (siteLocaleOf(request.nextUrl.pathname) === null) keepCookiesInOrder(request, response, publicUrl);
  return response;
}

/** The pages of a sign-in find out whether the browser keeps cookies; names of an earlier version go. */
function keepCookiesInOrder(request: NextRequest, response: NextResponse, publicUrl: string): void {
  const probe = probeCookieName(publicUrl);
  if (
    /^\/sign-in(\/|$)/.test(request.nextUrl.pathname) &&
    request.method === "GET" &&
    !request.cookies.has(probe)
  )
    response.cookies.set(probe, "1", probeCookieOptions(publicUrl));
  for (const { name, path } of listOutdatedCookies(publicUrl, (one) => request.cookies.has(one)))
    response.cookies.set(name, "", { path, maxAge: 0 });
}

/** The language that a link begins in, unless this browser has chosen one. */
async function findLinkLanguage(request: NextRequest, linkToken: string): Promise<string | null> {
  if (request.cookies.has(localeCookieName(getWebEnv().KYTKIN_PUBLIC_URL))) return null;
  try {
    const language = (await findLinkPreparation(linkToken))?.language;
    return isLocale(language) ? language : null;
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}

/** Without a database nobody can be told from a guesser; the page itself says what is wrong. */
async function isGuessing(headers: Headers, linkToken: string): Promise<boolean> {
  try {
    return await isGuessingLinks(headers, linkToken);
  } catch (error) {
    if (isDatabaseAway(error)) return false;
    throw error;
  }
}

/**
 * The files of `public/`, and what crawlers read, are no pages: browsers ask for them without a session, also while the database is away. Next reads
 * this expression from the source, so the names stand here again; proxy.test.ts compares them with the folder.
 */
export const config = {
  matcher: [
    {
      source:
        "/((?!api/|_next/static|_next/image|(?:favicon\\.ico|icon\\.svg|icon-192\\.png|icon-512\\.png|apple-touch-icon\\.png|manifest\\.webmanifest|robots\\.txt|sitemap\\.xml|kytkin-verify\\.mjs)$).*)",
    },
  ],
};
