import { CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { sha256 } from "@/lib/core/hash";
import {
  EVIDENCE_ALGORITHM,
  EVIDENCE_TYPE,
  KEY_FORMAT,
  keyStatement,
  type PersonField,
  type PublicKey,
} from "./schema";

/** Frozen: SHA-256 of the key in the canonical form of RFC 7638, in hexadecimal. */
export function fingerprintOfKey({ crv, kty, x }: PublicKey): string {
  return sha256(JSON.stringify({ crv, kty, x }));
}

/** Frozen: the digest of what is known of a person, bound to its field. */
export function digestOf(field: PersonField, { salt, value }: { salt: string; value: string }): string {
  return sha256(JSON.stringify([field, salt, value]));
}

/** Signs bytes as they are; a compact JWS. */
export async function signBytes(bytes: Uint8Array, kid: string, privateKey: JWK): Promise<string> {
  return new CompactSign(bytes)
    .setProtectedHeader({ alg: EVIDENCE_ALGORITHM, kid, typ: EVIDENCE_TYPE })
    .sign(await importJWK(privateKey, EVIDENCE_ALGORITHM));
}

const isCanonical = (text: string): boolean => Buffer.from(text, "base64url").toString("base64url") === text;

/** The signed bytes, or null: another key, another way to sign, or a character that belongs elsewhere. */
export async function openSigned(
  jws: string,
  { kid, publicKey }: { kid: string; publicKey: PublicKey },
): Promise<Uint8Array | null> {
  const parts = jws.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return null;
  try {
    const { alg, kid: named, typ, ...more } = decodeProtectedHeader(jws);
    if (alg !== EVIDENCE_ALGORITHM || named !== kid || typ !== EVIDENCE_TYPE || Object.keys(more).length > 0)
      return null;
    return (await compactVerify(jws, await importJWK(publicKey, EVIDENCE_ALGORITHM))).payload;
  } catch {
    return null;
  }
}

type Known = { kid: string; publicKey: PublicKey };
type Statement = Known & { predecessor: string | null; createdAt: Date; issuer: string };

/** A new key's statement; `signer` is its predecessor, or the key itself when it is the first one. */
export function stateKey(
  { kid, publicKey, predecessor, createdAt, issuer }: Statement,
  signer: { kid: string; privateKey: JWK },
): Promise<string> {
  const said = {
    format: KEY_FORMAT,
    kid,
    publicKey: { crv: publicKey.crv, kty: publicKey.kty, x: publicKey.x },
    predecessor,
    createdAt: createdAt.toISOString(),
    issuer,
  };
  return signBytes(Buffer.from(JSON.stringify(said)), signer.kid, signer.privateKey);
}

function readStatement(jws: string): (Known & { predecessor: string | null }) | null {
  try {
    const payload = Buffer.from(jws.split(".")[1] ?? "", "base64url").toString();
    return keyStatement.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

/** Follows keys from the first one, each signed by the one before it. null when they do not lead from one to the next. */
export async function followKeys(
  statements: readonly string[],
): Promise<{ root: string; last: Known } | null> {
  let before: Known | null = null;
  let root: string | null = null;
  for (const jws of statements) {
    const said = readStatement(jws);
    if (!said || fingerprintOfKey(said.publicKey) !== said.kid) return null;
    if (said.predecessor !== (before?.kid ?? null)) return null;
    if ((await openSigned(jws, before ?? said)) === null) return null;
    root ??= said.kid;
    before = said;
  }
  return before && root ? { root, last: before } : null;
}
