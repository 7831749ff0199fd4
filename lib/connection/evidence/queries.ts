import { and, desc, eq, sql } from "drizzle-orm";
import { evidenceDocuments, evidenceKeys, evidencePersons } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listKeyChain } from "./issue-document";
import {
  EVIDENCE_FORMAT,
  type EvidenceKind,
  type EvidencePaperView,
  evidenceDocument,
  evidenceFile,
  type IssuedDocument,
  type ToldPersons,
} from "./schema";
import { writeEvidenceFile } from "./verify-evidence";

type Reader = ScopedTransaction<"customer" | "guest" | "system">;

async function findNewest(tx: Reader, kind: EvidenceKind, subjectId: string) {
  const [row] = await tx
    .select()
    .from(evidenceDocuments)
    .where(and(eq(evidenceDocuments.kind, kind), eq(evidenceDocuments.subjectId, subjectId)))
    .orderBy(desc(evidenceDocuments.revision))
    .limit(1);
  return row ?? null;
}

async function readPersons(tx: Reader, documentId: string): Promise<ToldPersons> {
  const rows = await tx
    .select({ field: evidencePersons.field, value: evidencePersons.value, salt: evidencePersons.salt })
    .from(evidencePersons)
    .where(eq(evidencePersons.documentId, documentId))
    .orderBy(evidencePersons.field);
  return Object.fromEntries(rows.map(({ field, value, salt }) => [field, { value, salt }]));
}

/** The newest document about a request or a connection of the account, for its page; null until the worker has signed one. */
export async function findPaper(
  tx: Reader,
  kind: EvidenceKind,
  subjectId: string,
): Promise<EvidencePaperView | null> {
  const row = await findNewest(tx, kind, subjectId);
  if (!row) return null;
  const document = evidenceDocument.parse(JSON.parse(Buffer.from(row.payload, "base64url").toString()));
  const { rootKey } = document;
  return { document, persons: await readPersons(tx, row.id), fingerprint: row.fingerprint, rootKey };
}

/** The same as the file to keep, in its one form. */
export async function findEvidenceFile(
  tx: Reader,
  kind: EvidenceKind,
  subjectId: string,
): Promise<string | null> {
  const row = await findNewest(tx, kind, subjectId);
  if (!row) return null;
  const file = evidenceFile.parse({
    format: EVIDENCE_FORMAT,
    payload: row.payload,
    protected: row.protectedHeader,
    signature: row.signature,
    keys: await listKeyChain(tx, row.kid),
    persons: await readPersons(tx, row.id),
  });
  return writeEvidenceFile(file);
}

export type PublishedKey = {
  kid: string;
  publicKey: { crv: string; kty: string; x: string };
  predecessor: string | null;
  createdAt: string;
  retiredAt: string | null;
  distrustedSince: string | null;
  statement: string;
};

/** Every key that ever signed, the oldest first. */
export async function listPublishedKeys(tx: ScopedTransaction<"public">): Promise<PublishedKey[]> {
  const rows = await tx.select().from(evidenceKeys).orderBy(evidenceKeys.id);
  return rows.map(({ kid, publicKey, predecessor, createdAt, retiredAt, distrustedSince, statement }) => ({
    kid,
    publicKey,
    predecessor,
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    distrustedSince: distrustedSince?.toISOString() ?? null,
    statement,
  }));
}

/** What a fingerprint is of, if this installation has issued it. Nothing of its content is told. */
export async function findIssued(
  tx: ScopedTransaction<"public">,
  fingerprint: string,
): Promise<IssuedDocument | null> {
  const [row] = await tx.execute<{
    kind: EvidenceKind;
    revision: number;
    newest_revision: number;
    issued_at: string;
    kid: string;
  }>(sql`select * from kytkin.evidence_of_fingerprint(${fingerprint})`);
  if (!row) return null;
  return {
    kind: row.kind,
    revision: row.revision,
    newestRevision: row.newest_revision,
    issuedAt: new Date(row.issued_at).toISOString(),
    kid: row.kid,
  };
}
