import { LINK_SECONDS } from "./rules";

const isHttps = (publicUrl: string): boolean => publicUrl.startsWith("https://");

type CookieOptions = { httpOnly: true; sameSite: "lax"; secure: boolean; path: string; maxAge: number };

/** The longest life that browsers grant. The session's own end is in its row, which slides without a new cookie. */
const LONGEST_COOKIE_SECONDS = 400 * 24 * 3600;

/** `__Host-`: no neighbouring subdomain can plant one. */
export function sessionCookieName(publicUrl: string): string {
  return isHttps(publicUrl) ? "__Host-kytkin_session" : "kytkin_session";
}

export function sessionCookieOptions(publicUrl: string): CookieOptions {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(publicUrl),
    path: "/",
    maxAge: LONGEST_COOKIE_SECONDS,
  };
}

/** Tells the browser that asked for a sign-in mail from every other one. */
export const BROWSER_COOKIE = "kytkin_sign_in";

export function browserCookieOptions(publicUrl: string): CookieOptions {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(publicUrl),
    path: "/sign-in",
    // A little longer than the link, so that the waiting tab can still say that it ended.
    maxAge: LINK_SECONDS * 2,
  };
}

/** Whether the cookie holds an id of ours, made by `randomToken`. */
export function isBrowserId(cookie: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(cookie);
}
