import { cookies, headers } from "next/headers";
import { browserCookieName, isBrowserId } from "@/lib/people/auth/cookies";
import { clientIpOf, limitSubjectOf } from "@/lib/platform/client-ip";
import { getWebEnv } from "@/lib/platform/env";
import { timeZoneCookieName } from "@/lib/platform/i18n/zones";

export type AskingBrowser = {
  /** undefined when this browser has not asked for a mail lately. */
  browserId: string | undefined;
  /**
   * A cookie of ours came back. The sign-in pages set one; where an action led here without a page of theirs being asked for,
   * there is what that action came of (an acceptance, an invitation, a return, a session that ended). The time zone's is a
   * script's, and may be kept where what the server sets is not.
   */
  keepsCookies: boolean;
  userAgent: string;
  /** Whom the limits per address count. */
  ipSubject: string;
};

/** What the request itself says of the browser behind it. */
export async function readAskingBrowser(): Promise<AskingBrowser> {
  const [cookieStore, headerList] = [await cookies(), await headers()];
  const { KYTKIN_PUBLIC_URL: publicUrl, KYTKIN_TRUSTED_PROXIES: proxies } = getWebEnv();
  const zoneCookie = timeZoneCookieName(publicUrl.startsWith("https:"));
  const cookie = cookieStore.get(browserCookieName(publicUrl))?.value;
  return {
    browserId: cookie && isBrowserId(cookie) ? cookie : undefined,
    keepsCookies: cookieStore.getAll().some(({ name }) => name !== zoneCookie),
    userAgent: headerList.get("user-agent") ?? "",
    ipSubject: limitSubjectOf(clientIpOf(headerList, proxies)),
  };
}
