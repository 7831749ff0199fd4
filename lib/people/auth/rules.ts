import type { SignInReason, WaitingSignIn } from "./schema";

export const SESSION_SECONDS = 30 * 24 * 3600;
/** A session that is used moves its end forward at most this often. */
export const SESSION_UPDATE_SECONDS = 24 * 3600;
export const LINK_SECONDS = 15 * 60;
export const CODE_SECONDS = 10 * 60;
export const HOME_PATH = "/home";

const LONGEST_PATH = 2000;
const hasControlCharacter = (text: string): boolean =>
  [...text].some((character) => character < " " || character === "\u007f");

/**
 * Where to go after sign-in: a path of our own origin, else `/home`. The path is judged again after parsing, since
 * `/.//host` normalizes to `//host`, which a browser reads as another site.
 */
export function callbackPathOf(wanted: unknown, publicUrl: string): string {
  if (typeof wanted !== "string" || wanted.length > LONGEST_PATH || hasControlCharacter(wanted)) {
    return HOME_PATH;
  }
  if (!/^\/(?![/\\])/.test(wanted) || !URL.canParse(wanted, publicUrl)) return HOME_PATH;
  const url = new URL(wanted, publicUrl);
  const isOurs = url.origin === new URL(publicUrl).origin && !url.pathname.startsWith("//");
  const isSignIn = url.pathname === "/sign-in" || url.pathname.startsWith("/sign-in/");
  return isOurs && !isSignIn ? `${url.pathname}${url.search}${url.hash}` : HOME_PATH;
}

/** Whether a session that ends then has been in use long enough to get a later end. */
export function isSessionUpdateDue(expiresAt: Date, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() < (SESSION_SECONDS - SESSION_UPDATE_SECONDS) * 1000;
}

/**
 * What becomes of the waiting tab. It goes on only with a session of this very browser: a link opened on another device
 * signs that device in and no other.
 */
export function waitingState(
  waiting: WaitingSignIn | null,
  viewerEmail: string | undefined,
): "waiting" | "signed_in" | "link_used" | "link_expired" | "link_unknown" {
  if (!waiting) return "link_unknown";
  if (waiting.isUsed) return viewerEmail === waiting.email ? "signed_in" : "link_used";
  return waiting.isExpired ? "link_expired" : "waiting";
}

/** The sign-in page that leads back to a path of ours. */
export function signInHref(callbackPath: string): string {
  return callbackPath === HOME_PATH
    ? "/sign-in"
    : `/sign-in?${new URLSearchParams({ callbackUrl: callbackPath })}`;
}

/** Where a page or an action that needs somebody signed in sends a visitor: always with words why. */
export function signInHrefFrom(returnTo: string, hadSession: boolean): string {
  const reason: SignInReason = hadSession ? "expired" : "needed";
  return `/sign-in?${new URLSearchParams({ callbackUrl: returnTo, reason })}`;
}
