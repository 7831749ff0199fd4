import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  dataKeys,
  evidenceDocuments,
  evidenceKeys,
  evidencePersons,
  sealedSecrets,
  termsAcceptances,
} from "@/db/schema";
import { withScope } from "@/db/scope";
import { issueReceipt, listWithoutReceipt } from "@/lib/activation/request/issue-receipt";
import { erasePerson } from "@/lib/operations/erasure/erase-person";
import { issueMissing } from "@/lib/operations/evidence/issue-missing";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { Refused, verify as verifyOffline } from "@/public/kytkin-verify.mjs";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { ensureEvidenceKey, rotateEvidenceKey } from "./evidence-keys";
import { judgeEvidence, readGiven } from "./judge-evidence";
import { findEvidenceFile, findIssued, findPaper, listPublishedKeys } from "./queries";
import { evidenceFile } from "./schema";
import { fingerprintOfKey, signBytes, stateKey } from "./statements";
import { verifyEvidence, writeEvidenceFile } from "./verify-evidence";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
let requestId: string;
let file: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
  viewer = await createViewer(database);
  await ensureEvidenceKey(context);
  ({ requestId } = await createRequest(database, viewer, integration));
  await issueReceipt(context, requestId);
  file = await readReceipt(requestId);
});
afterAll(() => database.close());

const orm = () => database.admin.orm;
const asPublic = <T>(work: Parameters<typeof withScope<{ kind: "public" }, T>>[2]) =>
  withScope(database.web, { kind: "public" }, work);
async function readReceipt(id: string, who = viewer): Promise<string> {
  const found = await asCustomer(database, who, (tx) => findEvidenceFile(tx, "receipt", id));
  if (found === null) throw new Error("no receipt");
  return found;
}
async function submitAndSign(who = viewer): Promise<string> {
  const { requestId: id } = await createRequest(database, who, integration);
  await issueReceipt(context, id);
  return id;
}
const judge = (text: string) => asPublic((tx) => judgeEvidence(tx, Buffer.from(text)));
function refusalOffline(bytes: Uint8Array, root?: string): string | null {
  try {
    verifyOffline(bytes, root);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

describe("a receipt", () => {
  test("says what was accepted, and is the same for both verifiers", async () => {
    const online = await verifyEvidence(Buffer.from(file));
    if (!online.ok) throw new Error(online.refusal);
    expect(online.document).toMatchObject({
      kind: "receipt",
      request: { id: requestId },
      issuer: context.publicUrl,
      acceptance: { isIntact: true },
    });
    const offline = verifyOffline(Buffer.from(file), online.root);
    expect(offline).toMatchObject({
      fingerprint: online.fingerprint,
      root: online.root,
      document: online.document,
    });
    const view = await asCustomer(database, viewer, (tx) => findPaper(tx, "receipt", requestId));
    expect(view).toMatchObject({ fingerprint: online.fingerprint, rootKey: online.root });
    const fields =
      online.document.kind === "receipt" ? online.document.specification.map(({ field }) => field) : [];
    for (const field of ["terms", "price", "technicalUser", "name"]) expect(fields).toContain(field);
  });

  test("names persons beside the signed bytes alone", () => {
    const { payload, persons } = evidenceFile.parse(JSON.parse(file));
    const signed = Buffer.from(payload, "base64url").toString();
    expect(persons.acceptedBy?.value).toBe(viewer.email);
    expect(signed).not.toContain(viewer.email);
    expect(signed).not.toContain(String(persons.acceptedBy?.salt));
  });

  test("is signed once, however often its job runs, and not for another account", async () => {
    await Promise.all([issueReceipt(context, requestId), issueReceipt(context, requestId)]);
    const rows = await orm()
      .select()
      .from(evidenceDocuments)
      .where(eq(evidenceDocuments.subjectId, requestId));
    expect(rows).toHaveLength(1);
    const stranger = await createViewer(database);
    expect(
      await asCustomer(database, stranger, (tx) => findEvidenceFile(tx, "receipt", requestId)),
    ).toBeNull();
    const everywhere = await withScope(database.web, { kind: "public" }, (tx) =>
      tx.select().from(evidenceDocuments),
    ).catch((error: { cause?: { code?: string } }) => error.cause?.code);
    expect(everywhere).toBe("42501");
  });

  test("stays valid when a person named in it is erased, and names nobody then", async () => {
    const leaver = await createViewer(database);
    const id = await submitAndSign(leaver);
    // What would go on with nobody to look after it keeps a person from being erased; this request is done.
    await database.admin
      .sql`update activation_requests set state = 'cancelled', settled_at = now() where id = ${id}`;
    await database.admin
      .sql`update activations set state = 'cancelled', is_occupying = false where request_id = ${id}`;
    const before = await readReceipt(id, leaver);
    expect(before).toContain(leaver.email);
    expect(await erasePerson(context, leaver.userId)).toBe("erased");
    expect(
      await orm().select().from(evidencePersons).where(eq(evidencePersons.userId, leaver.userId)),
    ).toEqual([]);
    const after = writeEvidenceFile({ ...evidenceFile.parse(JSON.parse(before)), persons: {} });
    expect(await judge(after)).toMatchObject({ ok: true, isRecorded: true });
    expect(refusalOffline(Buffer.from(after))).toBeNull();
  });

  test("a stored text that was changed since is told", async () => {
    const { requestId: id } = await createRequest(database, viewer, integration);
    await orm()
      .update(termsAcceptances)
      .set({ contentHash: "f".repeat(64) })
      .where(eq(termsAcceptances.requestId, id));
    await issueReceipt(context, id);
    const view = await asCustomer(database, viewer, (tx) => findPaper(tx, "receipt", id));
    expect(view?.document).toMatchObject({ acceptance: { isIntact: false } });
  });
});

describe("any change is refused, by both verifiers", () => {
  test("of any byte into any other", async () => {
    const bytes = Buffer.from(file);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = ((changed[at] ?? 0) + by) % 256;
          expect((await verifyEvidence(changed)).ok).toBe(false);
          expect(refusalOffline(changed)).not.toBeNull();
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("of each byte into the next one", () => {
    const bytes = Buffer.from(file);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(refusalOffline(changed), `byte ${at}`).not.toBeNull();
    }
  });

  test("by what was added, cut off, doubled or moved", async () => {
    const json = JSON.parse(file);
    const changes = [
      ` ${file}`,
      `${file}\n`,
      file.trimEnd(),
      file.slice(0, -20),
      `\uFEFF${file}`,
      JSON.stringify(json),
      file.replace("{", '{\n  "format": "kytkin-evidence/1",'),
      `${JSON.stringify({ ...json, more: 1 }, null, 2)}\n`,
      `${JSON.stringify({ payload: json.payload, ...json }, null, 2)}\n`,
      `${JSON.stringify({ ...json, keys: [...json.keys, ...json.keys] }, null, 2)}\n`,
      `${JSON.stringify({ ...json, keys: [] }, null, 2)}\n`,
      `${JSON.stringify({ ...json, persons: { ...json.persons, reason: json.persons.acceptedBy } }, null, 2)}\n`,
      `${JSON.stringify({ ...json, persons: { ...json.persons, submittedBy: json.persons.acceptedBy } }, null, 2)}\n`,
      "null",
      "[]",
      "",
    ];
    for (const changed of changes) {
      expect((await verifyEvidence(Buffer.from(changed))).ok, changed.slice(0, 60)).toBe(false);
      expect(refusalOffline(Buffer.from(changed)), changed.slice(0, 60)).not.toBeNull();
    }
  });

  test("by another document's parts", async () => {
    const [one, other] = [file, await readReceipt(await submitAndSign())].map((text) => JSON.parse(text));
    for (const member of ["payload", "signature", "persons"]) {
      const mixed = Buffer.from(`${JSON.stringify({ ...one, [member]: other[member] }, null, 2)}\n`);
      expect((await verifyEvidence(mixed)).ok, member).toBe(false);
      expect(refusalOffline(mixed), member).not.toBeNull();
    }
  });

  test("by somebody else's key, though everything fits together", async () => {
    const pair = await generateKeyPair("EdDSA", { extractable: true });
    const { crv, x } = await exportJWK(pair.publicKey);
    const publicKey = { crv: crv as "Ed25519", kty: "OKP" as const, x: String(x) };
    const privateKey = await exportJWK(pair.privateKey);
    const kid = fingerprintOfKey(publicKey);
    const { payload } = evidenceFile.parse(JSON.parse(file));
    const statement = await stateKey(
      { kid, publicKey, predecessor: null, createdAt: new Date(), issuer: context.publicUrl },
      { kid, privateKey },
    );
    const [header = "", , signature = ""] = (
      await signBytes(Buffer.from(payload, "base64url"), kid, privateKey)
    ).split(".");
    const forged = writeEvidenceFile({
      ...evidenceFile.parse(JSON.parse(file)),
      protected: header,
      signature,
      keys: [statement],
    });
    expect(await judge(forged)).toEqual({ ok: false, refusal: "root" });
    const [first] = await asPublic(listPublishedKeys);
    expect(refusalOffline(Buffer.from(forged), first?.kid)).toBe("root");
  });
});

describe("the offline verifier as a command", () => {
  const run = promisify(execFile);
  const command = join(import.meta.dirname, "../../../public/kytkin-verify.mjs");
  async function tryFile(text: string, ...more: string[]): Promise<{ code: number; out: string }> {
    const path = join(await mkdtemp(join(tmpdir(), "kytkin-verify-")), "document.json");
    await writeFile(path, text);
    return run(process.execPath, [command, path, ...more]).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, out: error.stderr }),
    );
  }

  test("tells a document from a changed one by its exit code and in words", async () => {
    const [first] = await asPublic(listPublishedKeys);
    const good = await tryFile(file, "--root", String(first?.kid.match(/.{8}/g)?.join(" ")));
    expect(good).toMatchObject({ code: 0 });
    expect(good.out).toContain("Unchanged since it was signed.");
    const bad = await tryFile(file.replace(viewer.email, `x${viewer.email}`));
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('NOT VALID (person): What is told of "acceptedBy"');
    expect((await tryFile(file, "--what")).code).toBe(2);
  });
});

describe("what is given to /verify", () => {
  test("a paste with the line ends of a form, and a printed fingerprint", async () => {
    const pasted = readGiven(null, `\r\n${file.replaceAll("\n", "\r\n")}  `);
    expect(pasted?.kind === "file" && Buffer.from(pasted.bytes).toString()).toBe(file);
    const view = await asCustomer(database, viewer, (tx) => findPaper(tx, "receipt", requestId));
    const printed = String(view?.fingerprint.toUpperCase().match(/.{8}/g)?.join(" "));
    expect(readGiven(null, printed)).toEqual({ kind: "fingerprint", fingerprint: view?.fingerprint });
    expect(await asPublic((tx) => findIssued(tx, String(view?.fingerprint)))).toMatchObject({
      kind: "receipt",
      revision: 1,
      newestRevision: 1,
    });
    expect(await asPublic((tx) => findIssued(tx, "0".repeat(64)))).toBeNull();
    expect(readGiven(null, " \n ")).toBeNull();
  });
});

describe("keys", () => {
  test("one is made where none was, and none where one was published, even when it does not open", async () => {
    const count = async () => (await orm().select().from(evidenceKeys)).length;
    const before = await count();
    await Promise.all([ensureEvidenceKey(context), ensureEvidenceKey(context)]);
    expect(await count()).toBe(before);
    await database.admin.sql.begin(async (tx) => {
      await tx`delete from sealed_secrets where owner_kind = 'evidence_key'`;
      await tx`delete from data_keys where owner_kind = 'evidence_key'`;
    });
    await ensureEvidenceKey(context);
    expect(await count()).toBe(before);
    const { requestId: id } = await createRequest(database, viewer, integration);
    await expect(issueReceipt(context, id)).rejects.toMatchObject({ code: "misconfigured" });
    // A sweep goes on without it.
    expect(await issueMissing(context, null)).toBe(0);
    await expect(
      rotateEvidenceKey(context, { isNewRoot: false, distrustedSince: null }),
    ).rejects.toMatchObject({
      code: "misconfigured",
    });
    const kid = await rotateEvidenceKey(context, { isNewRoot: true, distrustedSince: null });
    expect(await issueMissing(context, null)).toBeGreaterThan(0);
    expect(await asSystem(context, "test", (tx) => listWithoutReceipt(tx, null))).toEqual([]);
    expect(await judge(await readReceipt(id))).toMatchObject({ ok: true, view: { rootKey: kid } });
    // What was signed by the lost key is still known.
    expect(await judge(file)).toMatchObject({ ok: true, isRecorded: true });
  });

  test("a new one is signed by its predecessor: documents of both lead to the same first key", async () => {
    const old = await readReceipt(await submitAndSign());
    const kid = await rotateEvidenceKey(context, { isNewRoot: false, distrustedSince: null });
    const now = await readReceipt(await submitAndSign());
    const [before, after] = await Promise.all([old, now].map((text) => verifyEvidence(Buffer.from(text))));
    if (!before?.ok || !after?.ok) throw new Error("not valid");
    expect(after.root).toBe(before.root);
    expect(after.kid).toBe(kid);
    expect(evidenceFile.parse(JSON.parse(now)).keys.length).toBe(
      evidenceFile.parse(JSON.parse(old)).keys.length + 1,
    );
    expect(refusalOffline(Buffer.from(now), before.root)).toBeNull();
  });

  test("what a stolen key signed after the theft counts only when the installation knows it", async () => {
    const honest = await readReceipt(await submitAndSign());
    const stolenSince = new Date(Date.now() - 60_000);
    const forgedRequest = await submitAndSign();
    const forged = await readReceipt(forgedRequest);
    await rotateEvidenceKey(context, { isNewRoot: false, distrustedSince: stolenSince });
    // As the thief's: signed by the key, and in no record.
    await database.admin
      .sql`delete from evidence_persons where document_id in (select id from evidence_documents where subject_id = ${forgedRequest})`;
    await database.admin.sql`delete from evidence_documents where subject_id = ${forgedRequest}`;
    expect(await judge(forged)).toEqual({ ok: false, refusal: "unknown" });
    expect(await judge(honest)).toMatchObject({ ok: true, isRecorded: true });
  });

  test("are worth nothing in a dump: the private half is sealed, and web may not read it", async () => {
    const secrets = await orm()
      .select()
      .from(sealedSecrets)
      .where(eq(sealedSecrets.ownerKind, "evidence_key"));
    expect(secrets.length).toBeGreaterThan(0);
    for (const { ciphertext } of secrets) expect(ciphertext).not.toContain('"d"');
    expect(
      only(
        await orm()
          .select()
          .from(dataKeys)
          .where(eq(dataKeys.ownerId, secrets[0]?.ownerId ?? "")),
      ),
    ).toMatchObject({
      keyEncryptionKeyId: "first",
    });
  });
});
