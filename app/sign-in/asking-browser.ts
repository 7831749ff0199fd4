import { cookies, headers } from "next/headers";
import { clientIpOf, limitSubjectOf } from "@/lib/people/auth/client-ip";
import { BROWSER_COOKIE, isBrowserId } from "@/lib/people/auth/cookies";
import { getWebEnv } from "@/lib/platform/env";

export type AskingBrowser = {
  /** undefined when this browser has not asked for a mail lately. */
  browserId: string | undefined;
  userAgent: string;
  /** Whom the limits per address count. */
  ipSubject: string;
};

/** What the request itself says of the browser behind it. */
export async function readAskingBrowser(): Promise<AskingBrowser> {
  const [cookieStore, headerList] = [await cookies(), await headers()];
  const cookie = cookieStore.get(BROWSER_COOKIE)?.value;
  return {
    browserId: cookie && isBrowserId(cookie) ? cookie : undefined,
    userAgent: headerList.get("user-agent") ?? "",
    ipSubject: limitSubjectOf(clientIpOf(headerList, getWebEnv().KYTKIN_TRUSTED_PROXIES)),
  };
}
