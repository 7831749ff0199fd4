import { createHash } from "node:crypto";
import { z } from "zod";
import { decrypt, encrypt } from "@/lib/platform/seal/cipher";

const CONTEXT = "kytkin/key-login";
/** Long enough to make a user at the vendor before logging in as it. */
const LASTS_MS = 60 * 60_000;

/** What went to the vendor with the browser: for whom and for what the key is, and the id that it will have here, once. */
const keyLoginState = z.object({
  pastedKeyId: z.uuid(),
  userId: z.uuid(),
  slug: z.string(),
  target: z.union([z.object({ draftId: z.uuid() }), z.object({ activationId: z.uuid() })]),
  at: z.number(),
});
export type KeyLoginState = z.infer<typeof keyLoginState>;

const keyOf = (secret: string): Buffer => createHash("sha256").update(`key-login:${secret}`).digest();

/** Sealed, so that neither the vendor nor the browser can read or change it; in characters of an address. */
export function sealKeyLogin(secret: string, state: KeyLoginState): string {
  const sealed = encrypt(keyOf(secret), Buffer.from(JSON.stringify(state)), CONTEXT);
  return Buffer.from(sealed, "base64").toString("base64url");
}

/** null for anything that is not ours, was changed, or is too old. */
export function openKeyLogin(secret: string, sealed: string, now = Date.now()): KeyLoginState | null {
  try {
    const opened = keyLoginState.parse(JSON.parse(decrypt(keyOf(secret), sealed, CONTEXT).toString()));
    return now - opened.at > LASTS_MS ? null : opened;
  } catch {
    // A state that somebody else made is the same as none.
    return null;
  }
}
