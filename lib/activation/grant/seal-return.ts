import { createHash } from "node:crypto";
import { decrypt, encrypt } from "@/lib/platform/seal/cipher";
import { RETURN_COOKIE_SECONDS } from "./return-cookie";
import { type VendorReturn, vendorReturn } from "./schema";

const CONTEXT = "kytkin/vendor-return";
const keyOf = (secret: string): Buffer => createHash("sha256").update(`vendor-return:${secret}`).digest();

/** Seals what a vendor's callback brought, so that the browser can carry it without reading or changing it. */
export function sealReturn(secret: string, returned: VendorReturn, now = Date.now()): string {
  return encrypt(keyOf(secret), Buffer.from(JSON.stringify({ ...returned, at: now })), CONTEXT);
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
