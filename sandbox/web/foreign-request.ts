import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The name in a Host header, without its port; null when the header is no such thing. */
function readHostName(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Another site's page may lead a person here, in a tab of its own; it may not fetch, embed or post. */
function isForeignUse(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== "cross-site" && site !== "same-site") return false;
  return headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document";
}

/**
 * Why a request to a server on the loopback address comes from a page of another site, in words; null when it does not.
 * Any page can send requests to 127.0.0.1, and a page whose own name was made to point there (DNS rebinding) can read the
 * answers: its browser still names that page in Host and Origin. Programs send no Origin.
 */
export function findForeignOrigin(headers: IncomingHttpHeaders): string | null {
  const { host, origin } = headers;
  if (host !== undefined && !LOOPBACK_NAMES.has(readHostName(host) ?? ""))
    return "This server answers under localhost and 127.0.0.1 only.";
  if (origin !== undefined && !isOwnOrigin(origin, host))
    return "This server answers no page of another site.";
  return isForeignUse(headers) ? "This server answers no page of another site." : null;
}
