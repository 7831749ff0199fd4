/** Two years, as browsers' lists of such sites ask. Sub-domains are left to whoever runs them. */
const STRICT_TRANSPORT = "max-age=63072000";

/** What proxies appended last is what the nearest one saw. */
const lastOf = (header) =>
  String(header ?? "")
    .split(",")
    .at(-1)
    ?.trim()
    .toLowerCase();

/**
 * For a portal at an https address: every answer tells browsers to come by https alone, and a request that a trusted proxy took over
 * http is sent on to the portal's own address. True when it was answered.
 *
 * @param {{ publicUrl: string | undefined, trustedProxies: number }} settings
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function requireHttps({ publicUrl, trustedProxies }, request, response) {
  if (!publicUrl?.startsWith("https://")) return false;
  response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
  if (trustedProxies === 0 || lastOf(request.headers["x-forwarded-proto"]) !== "http") return false;
  // One slash: `//host` would lead elsewhere.
  const path = `/${String(request.url ?? "/").replace(/^[/\\]+/, "")}`;
  const location = new URL(path, publicUrl).href;
  response.writeHead(308, { location, "cache-control": "no-store" }).end();
  return true;
}
