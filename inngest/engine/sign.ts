import { createHmac } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The value of `x-inngest-signature` for a JSON body, or for none. The SDK checks the HMAC over the RFC 8785 form of the
 * JSON, keyed by the key's text without its prefix, and takes it for five minutes.
 */
export function sign(body: unknown, signingKey: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const key = signingKey.replace(/^signkey-\w+-/, "");
  const signature = createHmac("sha256", key)
    .update(`${canonicalize(body) ?? ""}${seconds}`)
    .digest("hex");
  return `t=${seconds}&s=${signature}`;
}
