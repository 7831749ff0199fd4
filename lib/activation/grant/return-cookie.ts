import { type CookieOptions, cookieOptions, hostCookieName } from "@/lib/core/cookies";

/** Long enough to sign in on the way. */
export const RETURN_COOKIE_SECONDS = 30 * 60;

export function returnCookieName(publicUrl: string): string {
  return hostCookieName("kytkin_vendor_return", publicUrl);
}

/**
 * At the root, not only below `/connect`: the answer to a sign-in already holds the page that it leads to, and that page is
 * made from the cookies of the sign-in's own request.
 */
export function returnCookieOptions(publicUrl: string, maxAge = RETURN_COOKIE_SECONDS): CookieOptions {
  return cookieOptions(publicUrl, { maxAge });
}
