import { randomUUID } from "node:crypto";
import { BlobReader, configure, TextWriter, ZipReader } from "@zip.js/zip.js";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  auditLog,
  connectionExportChunks,
  connectionExports,
  dataKeys,
  evidenceDocuments,
  exportTickets,
} from "@/db/schema";
import { ensureEvidenceKey } from "@/lib/connection/evidence/evidence-keys";
import { issueCertificate, listOutdated } from "@/lib/connection/evidence/issue-certificate";
import { answerExport } from "@/lib/connection/gateway/answer-export";
import { type GatewayServer, serveGateway } from "@/lib/connection/gateway/serve-gateway";
import { askForProbe } from "@/lib/connection/offboarding/ask-for-probe";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { issueMissing } from "@/lib/operations/evidence/issue-missing";
import { decrypt } from "@/lib/platform/seal/cipher";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { makeGatewayContext } from "@/testing/fixtures/gateway-world";
import { addCompany, deactivate } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { askForDownload, askForExport, fetchExport } from "./ask-for-export";
import { openExportChunk } from "./chunk";
import { makeExport } from "./make-export";
import { findExportOffer } from "./queries";
import { endExports, reviveExports } from "./sweep-exports";

configure({ useWebWorkers: false });

const CANARY = "Kanarianlintu Oy";
/** A key and a name that a spreadsheet would run, one of them past a semicolon. */
const FORMULA = "=HYPERLINK(A1)";
const AFTER_SEMICOLON = `${CANARY};=1+1`;

let world: VendorWorld;
let gateway: GatewayServer;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
beforeAll(async () => {
  world = await createVendorWorld();
  const context = makeGatewayContext(world.database, world.context);
  gateway = await serveGateway(context, {
    port: 0,
    host: "127.0.0.1",
    publicUrl: "https://portal.example",
    routes: [],
    answerOther: (path, request) => answerExport(context, path, request),
  });
  await ensureEvidenceKey(world.context);
  own = await connectForDeliveries(world, await addCompany(world));
  await own.deliver([
    makeInvoiceRow("1"),
    makeInvoiceRow("2", { customerName: AFTER_SEMICOLON, lines: [{ ...LINE, vatPercent: "13.37" }] }),
    makeInvoiceRow(FORMULA, { lines: [{ ...LINE, vatPercent: "13.37" }] }),
  ]);
  await own.pump();
});
afterAll(async () => {
  await gateway.stop();
  await world.close();
});

const orm = () => world.database.admin.orm;
const url = () => `http://127.0.0.1:${gateway.port}`;
const ask = (of = own, viewer = of.viewer) =>
  asCustomer(world.database, viewer, (tx) => askForExport(tx, viewer, of.connectionId));
const findOffer = (of = own) =>
  asCustomer(world.database, of.viewer, (tx) =>
    findExportOffer(tx, { accountId: of.viewer.accountId, connectionId: of.connectionId }),
  );
const readExport = async (id: string) =>
  only(await orm().select().from(connectionExports).where(eq(connectionExports.id, id)));
const ticketOf = (exportId: string, of = own, viewer = of.viewer) =>
  asCustomer(world.database, viewer, (tx) =>
    askForDownload(tx, viewer, { connectionId: of.connectionId, exportId }),
  );
async function makeOne(of = own): Promise<string> {
  await ask(of);
  const { current } = await findOffer(of);
  expect(current?.state).toBe("making");
  expect(await makeExport(world.context, current?.id ?? "")).toBe("ready");
  return current?.id ?? "";
}
async function download(exportId: string, of = own): Promise<Map<string, string>> {
  const response = await fetchExport(url(), await ticketOf(exportId, of));
  const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(response?.headers.get("content-length")).toBe(String(bytes.length));
  const zip = new ZipReader(new BlobReader(new Blob([bytes])));
  const files = new Map<string, string>();
  for (const entry of await zip.getEntries())
    if ("getData" in entry) files.set(entry.filename, await entry.getData(new TextWriter()));
  return files;
}
const linesOf = (text = ""): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("an export has records, outcomes with what was sent, acceptance and receipt, in both forms", async () => {
  await issueMissing(world.context, null);
  const id = await makeOne();
  const files = await download(id);
  expect([...files.keys()]).toEqual([
    "records.jsonl",
    "records.csv",
    "outcomes.jsonl",
    "outcomes.csv",
    "history.jsonl",
    "history.csv",
    "deliveries.jsonl",
    "deliveries.csv",
    "acceptances.jsonl",
    "acceptances.csv",
    "receipt.json",
    "contents.json",
  ]);
  expect(linesOf(files.get("records.jsonl"))).toMatchObject([{ entity: "sales-invoices", key: "1" }]);
  const outcomes = linesOf(files.get("outcomes.jsonl"));
  expect(outcomes.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
    "1 written",
    "2 rejected",
    `${FORMULA} rejected`,
  ]);
  expect(outcomes[0]).toMatchObject({ fields: null });
  expect(outcomes[1]).toMatchObject({ cause: "vat_unknown", fields: { customerName: AFTER_SEMICOLON } });
  expect(linesOf(files.get("acceptances.jsonl"))).toMatchObject([{ acceptedBy: own.viewer.email }]);
  expect(JSON.parse(files.get("receipt.json") ?? "")).toMatchObject({ format: "kytkin-evidence/1" });
  const counts = { records: 1, outcomes: 3, history: (await own.listEvents()).length, deliveries: 1 };
  expect(JSON.parse(files.get("contents.json") ?? "").lines).toEqual({ ...counts, acceptances: 1 });
  expect((await findOffer()).current).toMatchObject({ state: "ready", counts });
  // Every cell is in quotes, and none begins with what a spreadsheet runs.
  const csv = files.get("outcomes.csv") ?? "";
  expect(csv).toContain(`"'${FORMULA}"`);
  for (const line of csv.replace("\uFEFF", "").split("\r\n").filter(Boolean)) {
    expect(line).toMatch(/^"/);
    expect(line).not.toMatch(/(?:^|",)"[=+\-@]/);
  }
});

test("a ticket is one member's, used once within a minute, and every ask is written down", async () => {
  const { current } = await findOffer();
  const id = current?.id ?? "";
  const stranger = await createViewer(world.database);
  await expect(ask(own, stranger)).rejects.toMatchObject({ code: "not_found" });
  await expect(ticketOf(id, own, stranger)).rejects.toMatchObject({ code: "not_found" });
  const other = await connectForDeliveries(world, await addCompany(world));
  await expect(ticketOf(id, other)).rejects.toMatchObject({ code: "not_found" });
  const ticket = await ticketOf(id);
  const fetched = await fetchExport(url(), ticket);
  expect(fetched?.status).toBe(200);
  await fetched?.arrayBuffer();
  expect(await fetchExport(url(), ticket)).toBeNull();
  const late = await ticketOf(id);
  await orm()
    .update(exportTickets)
    .set({ createdAt: new Date(Date.now() - 61_000) });
  expect(await fetchExport(url(), late)).toBeNull();
  const audit = await orm().select().from(auditLog).where(eq(auditLog.subjectId, own.connectionId));
  const actions = audit.map(({ action }) => action);
  expect(actions).toContain("connection.export");
  expect(actions.filter((action) => action === "connection.download_export")).toHaveLength(3);
});

test("one is made at a time; a run that died is begun anew, and what the dead run still writes is refused", async () => {
  const of = await connectForDeliveries(world, await addCompany(world));
  await of.deliver([makeInvoiceRow("1")]);
  await of.pump();
  await Promise.all([ask(of), ask(of)]);
  const { current } = await findOffer(of);
  const id = current?.id ?? "";
  // Another run has it.
  const leasedBy = randomUUID();
  await orm()
    .update(connectionExports)
    .set({ leasedBy, leasedAt: new Date() })
    .where(eq(connectionExports.id, id));
  expect(await makeExport(world.context, id)).toBe("nothing");
  const revive = (now: Date) => asSystem(world.context, "test", (tx) => reviveExports(tx, now));
  expect(await revive(new Date())).toBe(0);
  // It was killed after its first chunk.
  const { partnerId } = await readExport(id);
  const owner = { connectionId: of.connectionId, partnerId, accountId: of.viewer.accountId };
  await orm()
    .insert(connectionExportChunks)
    .values({ exportId: id, ...owner, number: 0, sealed: Buffer.from("left by the dead run") });
  await orm()
    .update(connectionExports)
    .set({ leasedAt: new Date(Date.now() - 180_000), chunkCount: 1 })
    .where(eq(connectionExports.id, id));
  expect(await revive(new Date())).toBe(1);
  const both = await Promise.all([makeExport(world.context, id), makeExport(world.context, id)]);
  expect(both.sort()).toEqual(["nothing", "ready"]);
  expect(linesOf((await download(id, of)).get("outcomes.jsonl"))).toHaveLength(1);
});

test("a connection that ends meanwhile ends the export, and says so; afterwards none can be asked for", async () => {
  const of = await connectForDeliveries(world, await addCompany(world));
  await of.deliver([makeInvoiceRow("1")]);
  await of.pump();
  await ask(of);
  await deactivate(world, of.viewer, [of.connectionId]);
  const { current } = await findOffer(of);
  const id = current?.id ?? "";
  expect(await makeExport(world.context, id)).toBe("failed");
  expect((await findOffer(of)).current).toMatchObject({ state: "failed", problem: "connection_ended" });
  expect(await orm().select().from(dataKeys).where(eq(dataKeys.ownerId, id))).toEqual([]);
  expect(
    await orm().select().from(connectionExportChunks).where(eq(connectionExportChunks.exportId, id)),
  ).toEqual([]);
  await expect(ask(of)).rejects.toMatchObject({ code: "gone" });
});

test("where nothing was delivered the export has the acceptance alone, and the offer says so", async () => {
  const of = await connectForDeliveries(world, await addCompany(world));
  expect(await findOffer(of)).toEqual({ current: null, hasRows: false });
  const files = await download(await makeOne(of), of);
  expect(files.get("records.jsonl")).toBe("");
  expect(linesOf(files.get("acceptances.jsonl"))).toHaveLength(1);
});

test("it outlives its connection for a week, the certificate names it, and after its end nothing of it is left", async () => {
  const company = await addCompany(world);
  const of = await connectForDeliveries(world, company);
  await of.deliver([
    makeInvoiceRow("9", { customerName: CANARY, lines: [{ ...LINE, vatPercent: "13.37" }] }),
  ]);
  await of.pump();
  const id = await makeOne(of);
  const chunks = await orm()
    .select()
    .from(connectionExportChunks)
    .where(eq(connectionExportChunks.exportId, id));
  await deactivate(world, of.viewer, [of.connectionId]);
  await workOnOffboarding(world.context, of.connectionId);
  await world.sandbox.setFaults({ revokeKey: { companyId: company } });
  await asCustomer(world.database, of.viewer, (tx) => askForProbe(tx, of.viewer, of.connectionId));
  expect(await workOnOffboarding(world.context, of.connectionId)).toBe("closed");
  expect(await issueCertificate(world.context, of.connectionId)).toBe(true);
  const readCertificates = async () =>
    (
      await orm()
        .select()
        .from(evidenceDocuments)
        .where(
          and(eq(evidenceDocuments.kind, "certificate"), eq(evidenceDocuments.subjectId, of.connectionId)),
        )
        .orderBy(evidenceDocuments.revision)
    ).map(({ payload }) => JSON.parse(Buffer.from(payload, "base64url").toString()));
  expect(await readCertificates()).toMatchObject([{ exports: [{ goneAt: null }] }]);
  expect((await download(id, of)).get("outcomes.jsonl")).toContain(CANARY);
  const unused = await ticketOf(id, of);

  const end = (now: Date) => asSystem(world.context, "test", (tx) => endExports(tx, now));
  await end(new Date());
  expect((await readExport(id)).state).toBe("ready");
  const { endsAt } = await readExport(id);
  await orm().update(connectionExports).set({ endsAt: new Date() }).where(eq(connectionExports.id, id));
  expect(endsAt.getTime()).toBeGreaterThan(Date.now() + 6.9 * 24 * 3_600_000);
  expect(await fetchExport(url(), unused)).toBeNull();
  expect(await end(new Date())).toBe(1);
  await expect(ticketOf(id, of)).rejects.toMatchObject({ code: "gone" });
  expect((await findOffer(of)).current).toBeNull();

  const left = await orm()
    .select()
    .from(connectionExportChunks)
    .where(eq(connectionExportChunks.exportId, id));
  expect(left).toEqual([]);
  // With every key that is left, a copy of its bytes from before opens with none.
  const keys = (await orm().select().from(dataKeys)).map((row) => unwrapDataKey(world.context.keys, row));
  const rings = Object.values(world.context.keys.rings).flatMap((ring) => ring.map(({ key }) => key));
  for (const { number, sealed } of chunks)
    for (const key of [...keys, ...rings, world.context.keys.hashKey]) {
      expect(() => openExportChunk(key, id, number, sealed)).toThrow();
      expect(() => decrypt(key, sealed.toString("base64"), `data-key/connection_export/${id}`)).toThrow();
    }
  // And no table says what it held.
  const { sql } = world.database.admin;
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) {
    const found = await sql`select 1 from public.${sql(name)} t where t::text like ${`%${CANARY}%`} limit 1`;
    expect(found, name).toHaveLength(0);
  }
  expect(await asSystem(world.context, "test", listOutdated)).toMatchObject([{ revision: 2 }]);
  await issueMissing(world.context, null);
  expect(await readCertificates()).toMatchObject([
    { revision: 1, exports: [{ goneAt: null }] },
    { revision: 2, exports: [{ goneAt: expect.any(String) }] },
  ]);
  expect(await asSystem(world.context, "test", listOutdated)).toEqual([]);
});
