import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Plain bytes of a whole chunk. */
export const EXPORT_CHUNK_BYTES = 1_048_576;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Frozen: stored chunks open by it. */
const contextOf = (exportId: string, number: number): string =>
  `connection_export_chunks.sealed/${exportId}/${number}`;

/** A part of an export under its own data key; the same bytes open in no other place. */
export function sealExportChunk(
  dataKey: Buffer,
  exportId: string,
  number: number,
  plain: Uint8Array,
): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", dataKey, nonce);
  cipher.setAAD(Buffer.from(contextOf(exportId, number)));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws node's error for another key or place, or a changed byte. */
export function openExportChunk(dataKey: Buffer, exportId: string, number: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", dataKey, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(contextOf(exportId, number)));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
