const isHttps = (publicUrl: string): boolean => publicUrl.startsWith("https://");

export type CookieOptions = {
  httpOnly: true;
  sameSite: "lax";
  secure: boolean;
  path: string;
  maxAge?: number;
};

/**
 * The name of a cookie that is sent with every path. Over https it has the prefix `__Host-`: the browser takes it from this
 * host alone, so that no neighbouring subdomain can plant one. Over http (a demo on localhost) browsers refuse the prefix.
 */
export function hostCookieName(name: string, publicUrl: string): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name;
}

/** The name of a cookie for one path: over https with `__Secure-`, which http pages of the host cannot set. */
export function pathCookieName(name: string, publicUrl: string): string {
  return isHttps(publicUrl) ? `__Secure-${name}` : name;
}

/** `Lax`, not `Strict`: browsers come back from vendors and from mails. Without `maxAge` until the browser is closed. */
export function cookieOptions(publicUrl: string, { path = "/", maxAge }: { path?: string; maxAge?: number }) {
  const options: CookieOptions = { httpOnly: true, sameSite: "lax", secure: isHttps(publicUrl), path };
  return maxAge === undefined ? options : { ...options, maxAge };
}

/** Names without a prefix that installations on https once set, with the path of each. They are never read any more. */
const UNPREFIXED = [
  { name: "kytkin_pending_acceptance", path: "/" },
  { name: "kytkin_vendor_return", path: "/" },
  { name: "kytkin_invitation", path: "/" },
  { name: "kytkin_email_change", path: "/" },
  { name: "kytkin_locale", path: "/" },
  { name: "kytkin_sign_in", path: "/sign-in" },
] as const;

/** Cookies of the request that an earlier version set under another name, to be removed from the browser. */
export function listOutdatedCookies(
  publicUrl: string,
  has: (name: string) => boolean,
): { name: string; path: string }[] {
  return isHttps(publicUrl) ? UNPREFIXED.filter(({ name }) => has(name)) : [];
}
