import { createHash } from "node:crypto";
import { decrypt, encrypt } from "@/lib/platform/seal/cipher";
import { RETURN_COOKIE_SECONDS } from "./return-cookie";
import { type VendorReturn, vendorReturn } from "./schema";

const CONTEXT = "kytkin/vendor-return";
const keyOf = (secret: string): Buffer => createHash("sha256").update(`vendor-return:${secret}`).digest();

/** Browsers drop a cookie of more than 4096 bytes with its name and attributes, and say nothing. */
const MAX_SEALED = 3900;

/**
 * Seals what a vendor's callback brought, so that the browser can carry it without reading or changing it. What no cookie can
 * hold is sealed as not understood: the page after it has words for that.
 */
export function sealReturn(secret: string, returned: VendorReturn, now = Date.now()): string {
  const sealed = encrypt(keyOf(secret), Buffer.from(JSON.stringify({ ...returned, at: now })), CONTEXT);
  if (sealed.length <= MAX_SEALED) return sealed;
  return sealReturn(secret, { kind: "ended", slug: returned.slug, because: "not_understood" }, now);
}

/** null for anything that is not ours, was changed, or is too old. */
export function openReturn(secret: string, sealed: string, now = Date.now()): VendorReturn | null {
  try {
    const opened: unknown = JSON.parse(decrypt(keyOf(secret), sealed, CONTEXT).toString());
    const at = typeof opened === "object" && opened !== null && "at" in opened ? Number(opened.at) : 0;
    if (now - at > RETURN_COOKIE_SECONDS * 1000) return null;
    return vendorReturn.parse(opened);
  } catch {
    // A cookie that somebody else made is the same as none.
    return null;
  }
}
