import { isIP } from "node:net";

type ReadableHeaders = { get(name: string): string | null };

/** `192.0.2.1:4711` and `[2001:db8::1]:4711` come from some proxies; null when there is no address in it. */
function addressIn(entry: string): string | null {
  const bare = entry
    .trim()
    .replace(/^\[(.+)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(bare) ? bare.toLowerCase() : null;
}

/** scripts/start-web.mjs writes the connection's own address here, over whatever a client may have sent. */
const PEER_HEADER = "x-kytkin-peer";

/**
 * The address a request came from, or null when it cannot be known. Each trusted proxy appends the address it saw to
 * X-Forwarded-For, so the client's is that many entries from the right; everything left of it may be forged. Without
 * trusted proxies it is the other end of the connection, and X-Forwarded-For is not read at all.
 */
export function clientIpOf(headers: ReadableHeaders, trustedProxies: number): string | null {
  if (trustedProxies === 0) return addressIn(headers.get(PEER_HEADER) ?? "");
  const chain = (headers.get("x-forwarded-for") ?? "").split(",");
  return addressIn(chain[chain.length - trustedProxies] ?? "");
}

function expandIpv6(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(Math.max(gap, 0)).fill("0"), ...right];
}

/**
 * Whom a limit per address counts: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber has.
 * Clients whose address is unknown share one count: too strict is safer than none.
 */
export function limitSubjectOf(ip: string | null): string {
  if (ip === null) return "unknown";
  if (isIP(ip) !== 6) return ip;
  const network = expandIpv6(ip)
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
