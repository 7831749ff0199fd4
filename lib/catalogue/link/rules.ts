/**
 * Whether a browser may be sent to `url`, by one address of the partner's list: the same origin, and a path at or below
 * the listed one. `https://shop.example/kytkin` allows `/kytkin` and `/kytkin/done`, not `/kytkin-other`.
 */
export function isAllowedReturn(url: string, listed: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(listed)) return false;
  const [wanted, allowed] = [new URL(url), new URL(listed)];
  if (wanted.username || wanted.password || wanted.origin !== allowed.origin) return false;
  const base = allowed.pathname.replace(/\/+$/, "");
  return wanted.pathname === base || wanted.pathname.startsWith(`${base}/`);
}

/** Why an address cannot be on the list; null when it can. A developer's own machine may do without https. */
export function findReturnAddressProblem(address: string, allowLoopback: boolean): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return "give a whole address, like https://shop.example/kytkin";
  const isOwnMachine = allowLoopback && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isOwnMachine))
    return "the address has to begin with https://";
  if (url.username || url.password) return "the address must hold no user name or password";
  if (url.search || url.hash) return "leave out what follows ? or #";
  return null;
}
