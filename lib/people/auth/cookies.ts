import { type CookieOptions, cookieOptions, hostCookieName, pathCookieName } from "@/lib/core/cookies";
import { LINK_SECONDS } from "./rules";

/** The longest life that browsers grant. The session's own end is in its row, which slides without a new cookie. */
const LONGEST_COOKIE_SECONDS = 400 * 24 * 3600;

export function sessionCookieName(publicUrl: string): string {
  return hostCookieName("kytkin_session", publicUrl);
}

export function sessionCookieOptions(publicUrl: string): CookieOptions {
  return cookieOptions(publicUrl, { maxAge: LONGEST_COOKIE_SECONDS });
}

const SIGN_IN_PATH = "/sign-in";

/** Tells the browser that asked for a sign-in mail from every other one. */
export function browserCookieName(publicUrl: string): string {
  return pathCookieName("kytkin_sign_in", publicUrl);
}

export function browserCookieOptions(publicUrl: string): CookieOptions {
  // A little longer than the link, so that the waiting tab can still say that it ended.
  return cookieOptions(publicUrl, { path: SIGN_IN_PATH, maxAge: LINK_SECONDS * 2 });
}

/** Shows that the browser keeps cookies at all, before a mail is sent or a link is used up. It says nothing else. */
export function probeCookieName(publicUrl: string): string {
  return pathCookieName("kytkin_cookies", publicUrl);
}

export function probeCookieOptions(publicUrl: string): CookieOptions {
  return cookieOptions(publicUrl, { path: SIGN_IN_PATH });
}

/** Whether the cookie holds an id of ours, made by `randomToken`. */
export function isBrowserId(cookie: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(cookie);
}
