import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import type { SealKeys } from "@/lib/platform/seal/data-key";
import { decryptToWorker, encryptToWorker } from "@/lib/platform/seal/worker-envelope";

/** Plain bytes of a whole chunk. */
export const CHUNK_BYTES = 1_048_576;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type ChunkPlace = { uploadId: string; number: number };
export type SealedChunk = { sealedKey: string; ciphertext: Buffer };

const envelope = z.object({ upload: z.string(), number: z.string(), key: z.base64() });

function encryptBytes(key: Buffer, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decryptBytes(key: Buffer, sealed: Buffer, context?: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
  if (context !== undefined) decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** Encrypted to the worker: the process that wrote it cannot open it again. The chunk's place is inside its envelope. */
export async function sealChunk(
  tx: ScopedTransaction<"intake">,
  { uploadId, number }: ChunkPlace,
  plain: Uint8Array,
): Promise<SealedChunk> {
  const key = randomBytes(32);
  const content = { upload: uploadId, number: String(number), key: key.toString("base64") };
  return { sealedKey: await encryptToWorker(tx, content), ciphertext: encryptBytes(key, plain) };
}

/** Null when the chunk is not what was written in its place. */
export async function openChunk(
  tx: SystemTransaction,
  keys: SealKeys,
  { uploadId, number }: ChunkPlace,
  { sealedKey, ciphertext }: SealedChunk,
): Promise<Buffer | null> {
  const opened = envelope.safeParse(await decryptToWorker(tx, { keys }, sealedKey));
  if (!opened.success || opened.data.upload !== uploadId || opened.data.number !== String(number))
    return null;
  try {
    return decryptBytes(Buffer.from(opened.data.key, "base64"), ciphertext);
  } catch {
    return null;
  }
}

const fileContext = (fileId: string, number: number): string =>
  `intake_file_chunks.sealed/${fileId}/${number}`;

/** A part of a log or result under the connection's data key of the ring `intake`. */
export function sealFileChunk(dataKey: Buffer, fileId: string, number: number, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", dataKey, nonce);
  cipher.setAAD(Buffer.from(fileContext(fileId, number)));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export const openFileChunk = (dataKey: Buffer, fileId: string, number: number, sealed: Buffer): Buffer =>
  decryptBytes(dataKey, sealed, fileContext(fileId, number));
