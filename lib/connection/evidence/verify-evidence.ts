import { sha256 } from "@/lib/core/hash";
import {
  EVIDENCE_FORMAT,
  type EvidenceDocument,
  type EvidenceFile,
  evidenceDocument,
  evidenceFile,
  PERSON_FIELDS,
  type Refusal,
  type ToldPersons,
} from "./schema";
import { digestOf, followKeys, openSigned } from "./statements";

type Verified = {
  ok: true;
  document: EvidenceDocument;
  persons: ToldPersons;
  /** SHA-256 of the signed bytes. */
  fingerprint: string;
  kid: string;
  root: string;
};
export type Verification = Verified | { ok: false; refusal: Refusal };

const refuse = (refusal: Refusal): Verification => ({ ok: false, refusal });

/** The one form in which a file is issued: members in the schema's order, two spaces, a line end. */
export function writeEvidenceFile(file: EvidenceFile): string {
  const { format, payload, protected: header, signature, keys, persons } = file;
  return `${JSON.stringify({ format, payload, protected: header, signature, keys, persons }, null, 2)}\n`;
}

function readFile(bytes: Uint8Array): { file: EvidenceFile } | { refusal: Refusal } {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    return { refusal: "format" };
  }
  const file = evidenceFile.safeParse(json);
  if (!file.success) return { refusal: "format" };
  // As it was parsed, with every member in it, and in the schema's order.
  const isAsIssued = `${JSON.stringify(json, null, 2)}\n` === text && writeEvidenceFile(file.data) === text;
  return isAsIssued ? { file: file.data } : { refusal: "bytes" };
}

function readDocument(bytes: Uint8Array): EvidenceDocument | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const parsed = evidenceDocument.safeParse(json);
    return parsed.success && parsed.data.format === EVIDENCE_FORMAT ? parsed.data : null;
  } catch {
    return null;
  }
}

function fitPersons({ persons: digests }: EvidenceDocument, told: ToldPersons): boolean {
  return PERSON_FIELDS.every((field) => {
    const known = told[field];
    return known === undefined || digests[field] === digestOf(field, known);
  });
}

/**
 * Whether a file is, byte by byte, as a portal issued it, and which portal's first key it leads to. `public/kytkin-verify.mjs`
 * does the same without a portal; both are tested on the same files.
 */
export async function verifyEvidence(bytes: Uint8Array): Promise<Verification> {
  const read = readFile(bytes);
  if ("refusal" in read) return refuse(read.refusal);
  const { file } = read;
  const keys = await followKeys(file.keys);
  if (!keys) return refuse("keys");
  const payload = await openSigned(`${file.protected}.${file.payload}.${file.signature}`, keys.last);
  if (!payload) return refuse("signature");
  const document = readDocument(payload);
  if (!document) return refuse("format");
  if (!fitPersons(document, file.persons)) return refuse("person");
  return {
    ok: true,
    document,
    persons: file.persons,
    fingerprint: sha256(Buffer.from(payload)),
    kid: keys.last.kid,
    root: keys.root,
  };
}
