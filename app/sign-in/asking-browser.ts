import { cookies, headers } from "next/headers";
import { clientIpOf, limitSubjectOf } from "@/lib/auth/client-ip";
import { browserCookieName, isBrowserId, probeCookieName } from "@/lib/auth/cookies";
import { getWebEnv } from "@/lib/env";

export type AskingBrowser = {
  /** undefined when this browser has not asked for a mail lately. */
  browserId: string | undefined;
  /** The page that the request came from could set a cookie. */
  keepsCookies: boolean;
  userAgent: string;
  /** Whom the limits per address count. */
  ipSubject: string;
};

/** What the request itself says of the browser behind it. */
export async function readAskingBrowser(): Promise<AskingBrowser> {
  const [cookieStore, headerList] = [await cookies(), await headers()];
  const { KYTKIN_PUBLIC_URL: publicUrl, KYTKIN_TRUSTED_PROXIES: proxies } = getWebEnv();
  const cookie = cookieStore.get(browserCookieName(publicUrl))?.value;
  return {
    browserId: cookie && isBrowserId(cookie) ? cookie : undefined,
    keepsCookies: cookieStore.has(probeCookieName(publicUrl)),
    userAgent: headerList.get("user-agent") ?? "",
    ipSubject: limitSubjectOf(clientIpOf(headerList, proxies)),
  };
}
