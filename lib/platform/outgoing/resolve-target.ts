import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./address";

/** Why an address is not called: in words for the partner who entered it. */
export class RefusedTarget extends Error {
  override readonly name = "RefusedTarget";
}

export type Resolver = (host: string) => Promise<{ address: string; family: number }[]>;
export type OutgoingRules = {
  /** For a developer's own machine: http and loopback addresses are called too. */
  allowLoopback: boolean;
  resolve?: Resolver;
};
/** An address that may be called, with the one IP address that the call goes to. */
export type Target = { url: URL; address: string; family: number };

const resolveAll: Resolver = (host) => lookup(host, { all: true, verbatim: true });

/** The host without the brackets of an IPv6 address. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/** Reads an address that a partner entered. Throws `RefusedTarget`; nothing is looked up. */
export function parseTarget(text: string, { allowLoopback }: OutgoingRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new RefusedTarget("the address has to begin with https://");
  if (url.username || url.password) throw new RefusedTarget("the address must hold no user name or password");
  const host = hostOf(url);
  const isLiteral = isIP(host) !== 0;
  const mayBeLoopback = allowLoopback && (isLiteral ? isLoopbackAddress(host) : /^localhost$/i.test(host));
  if (url.protocol === "http:" && !mayBeLoopback)
    throw new RefusedTarget("the address has to begin with https://");
  if (isLiteral && !mayBeLoopback && !isPublicAddress(host))
    throw new RefusedTarget("the address is not on the public Internet");
  return url;
}

/**
 * Resolves the host once. All of its addresses have to be public, since a name with one public and one private address is
 * how a guard is gone round; the call is then pinned to the first one. Throws `RefusedTarget`.
 */
export async function resolveTarget(text: string, rules: OutgoingRules): Promise<Target> {
  const url = parseTarget(text, rules);
  const host = hostOf(url);
  const version = isIP(host);
  if (version !== 0) return { url, address: host, family: version };
  const found = await (rules.resolve ?? resolveAll)(host).catch(() => []);
  const [first] = found;
  if (!first) throw new RefusedTarget("the host's name leads to no address");
  const isAllowed = ({ address }: { address: string }): boolean =>
    isPublicAddress(address) || (rules.allowLoopback && isLoopbackAddress(address));
  if (!found.every(isAllowed))
    throw new RefusedTarget("the host's name leads to an address that is not on the public Internet");
  if (url.protocol === "http:" && !isLoopbackAddress(first.address))
    throw new RefusedTarget("the address has to begin with https://");
  return { url, ...first };
}
