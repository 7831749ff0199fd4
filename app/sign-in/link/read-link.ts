import { userAgentFromString } from "next/server";
import { webAuth } from "@/lib/people/auth/context";
import { takeSignInLimit } from "@/lib/people/auth/limits";
import { findSignInLink } from "@/lib/people/auth/queries";
import { type SignInLinkView, signInLinkToken } from "@/lib/people/auth/schema";
import { verificationHash } from "@/lib/people/auth/verification-hash";
import { inScope } from "@/lib/platform/web-database";
import { readAskingBrowser } from "../asking-browser";

/** "Firefox on Windows", or null when the browser does not say. */
export function browserName(
  userAgent: string,
  join: (browser: string, system: string) => string,
): string | null {
  const { browser, os } = userAgentFromString(userAgent);
  if (!browser.name || !os.name) return browser.name ?? os.name ?? null;
  return join(browser.name, os.name);
}

/** What the link is about. Looking counts against the limit, so that nobody can try links at will. Throws `too_many_requests`. */
export async function readLink(token: unknown): Promise<SignInLinkView> {
  const parsed = signInLinkToken.safeParse(token);
  const { browserId, ipSubject } = await readAskingBrowser();
  const { database, secret } = webAuth();
  await takeSignInLimit(database, "linksPerIp", ipSubject);
  if (!parsed.success) return { state: "link_unknown" };
  return await inScope({ kind: "auth" }, (tx) =>
    findSignInLink(tx, verificationHash(parsed.data, secret), browserId),
  );
}
