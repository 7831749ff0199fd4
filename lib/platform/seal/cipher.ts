import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes for many nonces at once: a call for each takes longer than the encryption of a row. */
const nonces = { bytes: Buffer.alloc(NONCE_BYTES * 512), used: NONCE_BYTES * 512 };

/** Bytes that were never given before. */
function takeNonce(): Buffer {
  if (nonces.used === nonces.bytes.length) {
    randomFillSync(nonces.bytes);
    nonces.used = 0;
  }
  // A copy: what is given is overwritten by the next filling.
  const nonce = Buffer.from(nonces.bytes.subarray(nonces.used, nonces.used + NONCE_BYTES));
  nonces.used += NONCE_BYTES;
  return nonce;
}

/** AES-256-GCM. `context` is authenticated: the same bytes do not open in another row, column or version. */
export function encrypt(key: Buffer, plain: Buffer, context: string): string {
  const nonce = takeNonce();
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64");
}

/** Throws when the key, the context or a byte is wrong. */
export function decrypt(key: Buffer, sealed: string, context: string): Buffer {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
}
