import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { GatewayProblem } from "./problem";

/** Of the caller's; everything else stays here, hop-by-hop headers and credentials among it. */
const REQUEST = [
  "accept",
  "accept-encoding",
  "accept-language",
  "content-language",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "range",
];
/** Of the vendor's. */
const RESPONSE = [
  "accept-ranges",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-length",
  "content-range",
  "content-type",
  "etag",
  "last-modified",
  "retry-after",
];
const LONGEST_VALUE = 4096;

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

/** A browser sends cookies and its page's origin: the gateway is for software alone. */
export function refuseBrowsers(headers: IncomingHttpHeaders): void {
  for (const name of ["cookie", "origin"])
    if (headers[name] !== undefined)
      throw new GatewayProblem(
        "from_a_browser",
        `A request with the header ${name} is not taken: keys belong to servers.`,
        { sent: "no" },
      );
}

/** What goes to the vendor, in the order of precedence: what opens it is never the caller's. */
export function toVendor(
  headers: IncomingHttpHeaders,
  allowed: readonly string[],
  access: Record<string, string>,
): Record<string, string> {
  const passed = pick(headers, [...REQUEST, ...allowed]);
  for (const [name, value] of Object.entries(passed))
    if (value.length > LONGEST_VALUE)
      throw new GatewayProblem("bad_header", `The header ${name} is too long.`, { sent: "no" });
  return { "user-agent": "Kytkin", ...passed, ...access };
}

/** What goes back to the caller. `isOurBase` says whether an address lies below the vendor's base; others are dropped. */
export function toCaller(
  headers: IncomingHttpHeaders,
  allowed: readonly string[],
  toOwnAddress: (location: string) => string | null,
): OutgoingHttpHeaders {
  const location = headers.location === undefined ? null : toOwnAddress(headers.location);
  return {
    ...pick(headers, [...RESPONSE, ...allowed]),
    ...(location === null ? {} : { location }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}
