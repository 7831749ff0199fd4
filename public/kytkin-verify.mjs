#!/usr/bin/env node
/*
 * Verifies a document that a Kytkin portal has signed: a receipt of what was accepted, or a certificate of removal. Needs Node.js
 * 20 and nothing else: no package, no network, no word of the portal.
 *
 *   node kytkin-verify.mjs DOCUMENT.json --root FINGERPRINT
 *
 * FINGERPRINT is that of the portal's first key, as it is printed on the document's paper and published at
 * /.well-known/kytkin-keys.json. Without --root the document is only shown to be unchanged since it was signed by some key; its
 * first key's fingerprint is then told, to be compared by a person.
 *
 * Exit codes: 0 the document is as it was signed, 1 it is not, 2 it could not be tried.
 *
 * What is verified, in this order: the file's bytes are in the one form in which they are issued; each key is signed by the
 * one before it, the first one by itself; the document's bytes are signed by the last key; what is told of persons fits the
 * salted digests in the document.
 */
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

const FORMAT = "kytkin-evidence/1";
const KEY_FORMAT = "kytkin-evidence-key/1";
const MEMBERS = ["format", "payload", "protected", "signature", "keys", "persons"];

export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

function fromBase64url(text, what) {
  const bytes = typeof text === "string" ? Buffer.from(text, "base64url") : null;
  if (bytes === null || bytes.toString("base64url") !== text)
    throw new Refused("format", `${what} is damaged`);
  return bytes;
}

function readJson(bytes, what) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Refused("format", `${what} is no JSON`);
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** SHA-256 of the public key in the canonical form of RFC 7638, in hexadecimal. */
function fingerprintOfKey({ crv, kty, x }) {
  return sha256(JSON.stringify({ crv, kty, x }));
}

function isSigned({ header, payload, signature }, publicKey) {
  const key = createPublicKey({ key: publicKey, format: "jwk" });
  return verifySignature(
    null,
    Buffer.from(`${header}.${payload}`),
    key,
    fromBase64url(signature, "a signature"),
  );
}

function readHeader(header, kid) {
  const { alg, kid: named, ...more } = readJson(fromBase64url(header, "a header"), "a header");
  if (alg !== "EdDSA" || named !== kid || Object.keys(more).join() !== "typ")
    throw new Refused("signature", "The header names another key or another way to sign.");
}

/** The key that each statement is about, each signed by the one before it. Gives the last one and the first one's fingerprint. */
function followKeys(statements) {
  if (!Array.isArray(statements) || statements.length === 0)
    throw new Refused("format", "There are no keys in it.");
  let before = null;
  let root = null;
  for (const statement of statements) {
    const [header, payload, signature, ...rest] = String(statement).split(".");
    if (signature === undefined || rest.length > 0) throw new Refused("format", "a key is damaged");
    const said = readJson(fromBase64url(payload, "a key"), "a key");
    const key = said.publicKey;
    if (said.format !== KEY_FORMAT || !isObject(key) || key.kty !== "OKP" || key.crv !== "Ed25519")
      throw new Refused("keys", "A key is of another kind.");
    const isFollowing = said.predecessor === (before === null ? null : before.kid);
    if (fingerprintOfKey(key) !== said.kid || !isFollowing)
      throw new Refused("keys", "The keys do not follow each other.");
    const signer = before ?? said;
    readHeader(header, signer.kid);
    if (!isSigned({ header, payload, signature }, signer.publicKey))
      throw new Refused("keys", "A key is not signed by the one before it.");
    root ??= said.kid;
    before = said;
  }
  return { root, last: before };
}

const digestOf = (field, { salt, value }) => sha256(JSON.stringify([field, salt, value]));

function checkPersons(document, persons) {
  if (!isObject(persons)) throw new Refused("format", "What is told of persons is damaged.");
  for (const [field, told] of Object.entries(persons)) {
    const digest = isObject(document.persons) ? document.persons[field] : undefined;
    const isWhole = isObject(told) && Object.keys(told).join() === "value,salt";
    if (!isWhole || digest === undefined || digestOf(field, told) !== digest)
      throw new Refused("person", `What is told of "${field}" is not what was signed.`);
  }
}

/**
 * The document, its fingerprint and that of the portal's first key. Throws `Refused` when a byte is another one than was
 * issued, or when the first key is not the one that is given.
 *
 * @param {Uint8Array} bytes
 * @param {string | null} expectedRoot
 */
export function verify(bytes, expectedRoot = null) {
  const file = readJson(bytes, "The file");
  if (!isObject(file) || file.format !== FORMAT)
    throw new Refused("format", "This is no document of a Kytkin portal.");
  if (Object.keys(file).join() !== MEMBERS.join())
    throw new Refused("format", "Parts are missing, or there are others.");
  if (!Buffer.from(`${JSON.stringify(file, null, 2)}\n`).equals(Buffer.from(bytes)))
    throw new Refused("bytes", "The file is not as it was issued: characters were added, removed or moved.");
  const { root, last } = followKeys(file.keys);
  readHeader(file.protected, last.kid);
  if (!isSigned({ header: file.protected, payload: file.payload, signature: file.signature }, last.publicKey))
    throw new Refused(
      "signature",
      "The document was changed after it was signed, or was signed by another key.",
    );
  const payload = fromBase64url(file.payload, "The document");
  const document = readJson(payload, "The document");
  checkPersons(document, file.persons);
  if (expectedRoot !== null && expectedRoot.replace(/\s/g, "").toLowerCase() !== root)
    throw new Refused("root", `It is signed by another portal: the fingerprint of its first key is ${root}.`);
  return { document, fingerprint: sha256(payload), root, kid: last.kid, persons: file.persons };
}

function main([path, option, root, ...rest]) {
  if (!path || rest.length > 0 || (option !== undefined && (option !== "--root" || !root))) {
    process.stderr.write("Usage: node kytkin-verify.mjs DOCUMENT.json [--root FINGERPRINT]\n");
    return 2;
  }
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    process.stderr.write(`${path} cannot be read: ${error.message}\n`);
    return 2;
  }
  try {
    const found = verify(bytes, root ?? null);
    process.stdout.write(`${JSON.stringify(found.document, null, 2)}\n\n`);
    process.stdout.write(
      `Unchanged since it was signed.\nFingerprint of the document:  ${found.fingerprint}\n`,
    );
    process.stdout.write(`Fingerprint of the first key: ${found.root}\n`);
    for (const [field, { value }] of Object.entries(found.persons))
      process.stdout.write(`${field}: ${value}\n`);
    process.stdout.write(
      root
        ? "The first key is the one that you named.\n"
        : "Compare the first key's fingerprint with the printed one: without --root it is not known whose key this is.\n",
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`NOT VALID (${error.code}): ${error.message}\n`);
    return 1;
  }
}

const isRun = process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
if (isRun) process.exitCode = main(process.argv.slice(2));
