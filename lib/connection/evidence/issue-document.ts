import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { evidenceDocuments, evidenceKeys, evidencePersons } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { getSigningKey } from "./evidence-keys";
import { type DocumentBody, EVIDENCE_FORMAT, evidenceDocument, type PersonField } from "./schema";
import { digestOf, signBytes } from "./statements";

export type NamedPerson = { field: PersonField; value: string; userId: string | null };
export type Issue = {
  subjectId: string;
  revision: number;
  requestId: string;
  partnerId: string;
  accountId: string;
  body: DocumentBody;
  persons: readonly NamedPerson[];
};

type KeyReader = ScopedTransaction<"public" | "customer" | "guest" | "partner" | "system">;

/** The statements of the keys from the first one to `kid`. */
export async function listKeyChain(tx: KeyReader, kid: string): Promise<string[]> {
  const rows = await tx
    .select({
      kid: evidenceKeys.kid,
      predecessor: evidenceKeys.predecessor,
      statement: evidenceKeys.statement,
    })
    .from(evidenceKeys);
  const byKid = new Map(rows.map((row) => [row.kid, row]));
  const chain: string[] = [];
  for (let key = byKid.get(kid); key; key = key.predecessor === null ? undefined : byKid.get(key.predecessor))
    chain.unshift(key.statement);
  return chain;
}

async function findRoot(tx: KeyReader, kid: string): Promise<string> {
  const rows = await tx
    .select({ kid: evidenceKeys.kid, predecessor: evidenceKeys.predecessor })
    .from(evidenceKeys);
  const before = new Map(rows.map((row) => [row.kid, row.predecessor]));
  let root = kid;
  for (let next = before.get(root); next; next = before.get(root)) root = next;
  return root;
}

/**
 * Signs a document and stores it as bytes, once for each revision of its subject. What is known of persons is stored beside
 * it with a salt of its own each; inside stand their digests alone.
 */
export async function issueDocument(
  tx: SystemTransaction,
  context: WorkerContext,
  { subjectId, revision, requestId, partnerId, accountId, body, persons }: Issue,
): Promise<void> {
  const { row: key, privateKey } = await getSigningKey(tx, context);
  const id = uuidv7();
  const issuedAt = new Date();
  const told = persons.map((person) => ({ ...person, salt: randomBytes(16).toString("base64url") }));
  const document = evidenceDocument.parse({
    format: EVIDENCE_FORMAT,
    id,
    revision,
    issuedAt: issuedAt.toISOString(),
    issuer: context.publicUrl,
    rootKey: await findRoot(tx, key.kid),
    ...body,
    persons: Object.fromEntries(told.map((person) => [person.field, digestOf(person.field, person)])),
  });
  const bytes = Buffer.from(JSON.stringify(document));
  const [protectedHeader = "", payload = "", signature = ""] = (
    await signBytes(bytes, key.kid, privateKey)
  ).split(".");
  const [issued] = await tx
    .insert(evidenceDocuments)
    .values({
      id,
      kind: body.kind,
      subjectId,
      revision,
      requestId,
      partnerId,
      accountId,
      kid: key.kid,
      protectedHeader,
      payload,
      signature,
      fingerprint: sha256(bytes),
      issuedAt,
    })
    .onConflictDoNothing()
    .returning({ id: evidenceDocuments.id });
  if (!issued || told.length === 0) return;
  await tx.insert(evidencePersons).values(
    told.map(({ field, value, salt, userId }) => ({
      documentId: id,
      accountId,
      field,
      value,
      salt,
      userId,
    })),
  );
}
