import type { ScopedTransaction } from "@/db/scope";
import { findIssued, listPublishedKeys } from "./queries";
import { type EvidencePaperView, MAX_FILE_BYTES, type Refusal } from "./schema";
import { verifyEvidence } from "./verify-evidence";

export type Given = { kind: "fingerprint"; fingerprint: string } | { kind: "file"; bytes: Uint8Array };

/** What was dropped or pasted. A paste has lost the file's line ends, which a form sends in its own way. */
export function readGiven(file: Uint8Array | null, text: string): Given | null {
  if (file) return { kind: "file", bytes: file };
  const bare = text.replace(/\s/g, "").toLowerCase();
  if (bare === "") return null;
  if (/^[0-9a-f]{64}$/.test(bare)) return { kind: "fingerprint", fingerprint: bare };
  return { kind: "file", bytes: Buffer.from(`${text.replace(/\r\n/g, "\n").trim()}\n`) };
}

export type Judged =
  | { ok: false; refusal: Refusal }
  | { ok: true; view: EvidencePaperView; isRecorded: boolean; hasNewer: boolean };

/**
 * Whether a file is a document of this installation, unchanged. What a key signed since it may have been stolen, and the
 * installation has no record of, is refused.
 */
export async function judgeEvidence(tx: ScopedTransaction<"public">, bytes: Uint8Array): Promise<Judged> {
  if (bytes.length > MAX_FILE_BYTES) return { ok: false, refusal: "format" };
  const verified = await verifyEvidence(bytes);
  if (!verified.ok) return verified;
  const keys = await listPublishedKeys(tx);
  const key = keys.find(({ kid }) => kid === verified.kid);
  if (!key || !keys.some(({ kid, predecessor }) => kid === verified.root && predecessor === null))
    return { ok: false, refusal: "root" };
  const issued = await findIssued(tx, verified.fingerprint);
  const { document, persons, fingerprint, root } = verified;
  if (issued === null && key.distrustedSince !== null && document.issuedAt >= key.distrustedSince)
    return { ok: false, refusal: "unknown" };
  return {
    ok: true,
    view: { document, persons, fingerprint, rootKey: root },
    isRecorded: issued !== null,
    hasNewer: issued !== null && issued.newestRevision > issued.revision,
  };
}
