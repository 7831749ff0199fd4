import { randomInt } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import SftpClient from "ssh2-sftp-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { uploadChunks, uploadOpenRows, uploads } from "@/db/schema";
import { withScope } from "@/db/scope";
import { giveVerdict } from "@/lib/connection/delivery/give-verdict";
import { asSystem } from "@/lib/platform/worker-context";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { openDoor, startTestIntake, type TestDoor, type TestIntake } from "@/testing/fixtures/intake";
import { addCompany } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { untilWaiting } from "@/testing/fixtures/until-waiting";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { sweepIntake } from "../sweep-intake";
import { finishUpload } from "./finish-upload";
import { takeUpload } from "./take-upload";
import { tellLaterOutcomes } from "./tell-later-outcomes";

let world: VendorWorld;
let intake: TestIntake;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
let door: TestDoor;
let client: SftpClient;
let companyId: number;
beforeAll(async () => {
  world = await createVendorWorld();
  intake = await startTestIntake(world.database, world.context);
});
afterAll(async () => {
  await intake.server.close();
  await world.close();
});
beforeEach(async () => {
  companyId = await addCompany(world);
  own = await connectForDeliveries(world, companyId);
  door = await openDoor(world.database, own.viewer, own.connectionId);
  client = new SftpClient("test", { error: () => {}, end: () => {}, close: () => {} });
  const { userName: username, password } = door;
  await client.connect({ host: "127.0.0.1", port: intake.server.port, username, password });
});
afterEach(() => client.end());

const COLUMNS =
  "invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent";
const lineOf = (number: string, { date = "2026-11-30", quantity = "2", product = "Hire" } = {}) =>
  `${door.integrationId};${number};${date};Aapasuon Autohuolto Oy;a@example.com;${product};${quantity};50.00;25.5;${door.integrationId}`;
const fileOf = (...lines: string[]) =>
  [`IntegrationID;${COLUMNS};IntegrationIDCheck`, ...lines, ""].join("\r\n");

const listUploads = () =>
  world.database.admin.orm
    .select()
    .from(uploads)
    .where(eq(uploads.connectionId, door.connectionId))
    .orderBy(asc(uploads.createdAt));
/** As if the grace were over, or whoever took a file were long gone. */
const makeDue = () => world.database.admin.sql`
  update uploads set touched_at = now() - interval '10 seconds', taken_at = taken_at - interval '20 minutes'`;
const read = async (path: string) => String(await client.get(path)).replace(/^\ufeff/, "");
const list = async (folder: string) => (await client.list(folder)).map(({ name }) => name);

async function send(name: string, content: string) {
  await client.put(Buffer.from(content), `/${name}`);
  await makeDue();
  const upload = (await listUploads()).at(-1);
  if (!upload) throw new Error("no upload");
  return upload;
}
async function process(name: string, content: string) {
  const { id } = await send(name, content);
  expect(await takeUpload(world.context, id)).toBe(true);
  await own.pump();
  expect(await finishUpload(world.context, id)).toBe(true);
  return only((await listUploads()).filter((upload) => upload.id === id));
}

test("each record of a file has one outcome, the bad ones come back, and the file is destroyed", async () => {
  const upload = await process(
    "SalesInvoices_november.csv",
    fileOf(
      lineOf("1"),
      lineOf("1", { product: "Cleaning" }),
      lineOf("2", { date: "30.11.2026" }),
      lineOf("3"),
    ),
  );
  expect(upload).toMatchObject({ state: "done", entity: "sales-invoices", rowCount: 3, rejectedCount: 1 });
  expect(own.countAtVendor()).toEqual({ 1: 1, 3: 1 });
  expect(await world.database.admin.orm.select().from(uploadChunks)).toEqual([]);
  expect(await list("/")).not.toContain("SalesInvoices_november.csv");
  const result = (await read("/Result/SalesInvoices_november.result.csv")).split("\r\n");
  expect(result[0]).toBe("Line;Key;Outcome;Id;Error;Fix");
  expect(result[1]).toMatch(/^2;1;written;\d+;;$/);
  expect(result[2]).toMatch(/^4;2;rejected;;date: A field has a value that does not fit;.+/);
  expect(result[3]).toMatch(/^5;3;written;\d+;;$/);
  const rejected = (await read("/Result/SalesInvoices_november.rejected.csv")).split("\r\n");
  expect(rejected[0]).toBe(`IntegrationID;${COLUMNS};IntegrationIDCheck;Error;Fix`);
  expect(rejected[1]?.startsWith(`${lineOf("2", { date: "30.11.2026" })};`)).toBe(true);
  expect(rejected).toHaveLength(3);
  expect(await read("/Log/SalesInvoices_november.csv.log")).toContain("3 records read, 1 rejected at once");
});

test("the rejected rows, mended, are sent again as they came back; what was written is unchanged", async () => {
  await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2", { date: "soon" })));
  const rejected = await read("/Result/sales-invoices.rejected.csv");
  await process("sales-invoices.csv", rejected.replace("soon", "2026-12-01"));
  expect(own.countAtVendor()).toEqual({ 1: 1, 2: 1 });
  await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2", { date: "2026-12-01" })));
  expect(own.countAtVendor()).toEqual({ 1: 1, 2: 1 });
  expect(await read("/Result/sales-invoices-3.result.csv")).toMatch(/unchanged[\s\S]*unchanged/);
});

test("a broken line is rejected alone, and takes the invoices with it that it may belong to", async () => {
  const foreign = lineOf("2").replaceAll(door.integrationId, "K-OTHER");
  await process(
    "sales-invoices.csv",
    fileOf(lineOf("1"), lineOf("2"), foreign, lineOf("3"), lineOf("4"), `${door.integrationId};5;"x`),
  );
  expect(own.countAtVendor()).toEqual({ 1: 1 });
  const outcomes = (await read("/Result/sales-invoices.result.csv")).split("\r\n").slice(1, -1);
  expect(outcomes.map((line) => line.split(";").slice(0, 3).join(" "))).toEqual([
    "2 1 written",
    "3 2 rejected",
    "4  rejected",
    "5 3 rejected",
    "6 4 rejected",
    "7  rejected",
  ]);
  expect(await read("/Result/sales-invoices.rejected.csv")).toContain(`"${door.integrationId};5;""x"`);
});

describe("a file that cannot be read is put away with a log that says why", () => {
  test.each([
    ["orders.csv", () => fileOf(lineOf("1")), /Begin the name with one of these: .*sales-invoices/],
    ["sales-invoices.xlsx", () => "PK", /Send the data as CSV/],
    ["sales-invoices.csv", () => "", /The file is empty/],
    [
      "sales-invoices.csv",
      () => fileOf(lineOf("1")).replace("customerName", "CustomerNme"),
      /Did you mean customerName\?/,
    ],
    ["sales-invoices.csv", () => `${lineOf("1")}\r\n`, /header with the field names is missing/],
  ])("%s", async (name, content, words) => {
    const { id } = await send(name, content());
    expect(await takeUpload(world.context, id)).toBe(true);
    expect(await finishUpload(world.context, id)).toBe(true);
    expect(await listUploads()).toMatchObject([{ state: "quarantined" }]);
    expect(await read(`/Log/${name}.log`)).toMatch(words);
    expect(own.countAtVendor()).toEqual({});
  });

  test("bytes that were changed where they lie", async () => {
    const { id } = await send("sales-invoices.csv", fileOf(lineOf("1")));
    await world.database.admin
      .sql`update upload_chunks set ciphertext = set_byte(ciphertext, 20, 1 + get_byte(ciphertext, 20) % 250)`;
    expect(await takeUpload(world.context, id)).toBe(true);
    expect(await read("/Log/sales-invoices.csv.log")).toMatch(/damaged/);
  });
});

test("a file of which a row was written otherwise while it was read is read again, and what it says is written", async () => {
  await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2")));
  const { id } = await send("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2")));
  const { sql } = world.database.admin;
  let taking: Promise<boolean> = Promise.resolve(false);
  await sql.begin(async (tx) => {
    // The rows are judged by then, and not kept yet.
    await tx`lock table unchanged_sets in access exclusive mode`;
    taking = takeUpload(world.context, id);
    await untilWaiting(world.database, taking);
    await own.deliver([makeInvoiceRow("1", { lines: [{ ...LINE, quantity: "7" }] })]);
    await own.pump();
  });
  expect(await taking).toBe(true);
  await own.pump();
  expect(await finishUpload(world.context, id)).toBe(true);
  const lines = (await read("/Result/sales-invoices-2.result.csv")).split("\r\n").slice(1, -1);
  expect(lines.map((line) => line.split(";").slice(0, 3).join(" "))).toEqual([
    "2 1 written",
    "3 2 unchanged",
  ]);
  const { invoices } = world.sandbox.getState();
  const ofCompany = invoices.filter((invoice) => invoice.companyId === companyId);
  expect(ofCompany.map(({ body }) => String(body.invoiceRows?.[0]?.quantity))).toEqual(["2", "2"]);
});

describe("a file is taken once, and not before its time", () => {
  test("not while it may still be renamed or written to", async () => {
    await client.put(Buffer.from(fileOf(lineOf("1"))), "/sales-invoices.csv");
    const { id } = only(await listUploads());
    expect(await takeUpload(world.context, id)).toBe(false);
    await client.rename("/sales-invoices.csv", "/sales-invoices.csv.part");
    await makeDue();
    expect(await takeUpload(world.context, id)).toBe(false);
  });

  test("a worker that was slow does not put away what another one has delivered and destroyed meanwhile", async () => {
    const { id } = await send("sales-invoices.csv", fileOf(lineOf("1")));
    const { sql } = world.database.admin;
    let slow: Promise<boolean> = Promise.resolve(false);
    await sql.begin(async (tx) => {
      await tx`lock table upload_chunks in access exclusive mode`;
      slow = takeUpload(world.context, id);
      await untilWaiting(world.database, slow);
      await tx`delete from upload_chunks where upload_id = ${id}`;
      await tx`update uploads set state = 'done', ended_at = now() where id = ${id}`;
    });
    await slow;
    expect(await listUploads()).toMatchObject([{ state: "done", problem: null }]);
    expect(await list("/Log")).toEqual([]);
  });

  test("twenty files with workers that die at any place: each record once at the vendor, none lost", async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `n${index}`);
    for (const number of numbers)
      await client.put(Buffer.from(fileOf(lineOf(number))), `/sales-invoices-${number}.csv`);
    const dying = { ...world.context, database: dieAtRandom(world.context.database) };
    let deaths = 0;
    const tryOften = async (work: (id: string) => Promise<boolean>, isEnd: (state: string) => boolean) => {
      for (let round = 0; round < 60; round += 1) {
        const left = (await listUploads()).filter(({ state }) => !isEnd(state));
        if (left.length === 0) return;
        await makeDue();
        const died = await Promise.allSettled(left.map(({ id }) => work(id)));
        deaths += died.filter(({ status }) => status === "rejected").length;
      }
    };
    await tryOften(
      (id) => takeUpload(dying, id),
      (state) => state === "delivered",
    );
    await own.pump();
    await tryOften(
      (id) => finishUpload(dying, id),
      (state) => state === "done",
    );
    expect(deaths).toBeGreaterThan(5);
    expect((await listUploads()).map(({ state }) => state)).toEqual(numbers.map(() => "done"));
    expect(own.countAtVendor()).toEqual(Object.fromEntries(numbers.map((number) => [number, 1])));
    expect((await list("/Result")).length).toBe(20);
    expect((await list("/Log")).length).toBe(20);
  });
});

describe("what changes later comes back in a further result", () => {
  const tell = (minutes: number) => tellLaterOutcomes(world.context, new Date(Date.now() + minutes * 60_000));
  /** What a person says of the only rejected row of the connection. */
  async function say(verdict: "fix" | "dismiss", fields?: unknown) {
    const rows = await own.listRows();
    const row = only(rows.filter(({ state, recoveredAt }) => state === "rejected" && !recoveredAt));
    const content = fields === undefined ? undefined : JSON.stringify(fields);
    await withScope(world.database.web, { kind: "customer", ...own.viewer }, (tx) =>
      giveVerdict(tx, own.viewer, { connectionId: own.connectionId, rowId: row.id, verdict, content }),
    );
    await own.pump();
  }
  const mended = (number: string) => ({
    invoiceNumber: number,
    date: "2026-11-30",
    customerName: "Aapasuon Autohuolto Oy",
    email: "a@example.com",
    lines: [{ product: "Hire", quantity: "2", unitPrice: "50.00", vatPercent: "25.5" }],
  });
  const listOpen = () =>
    world.database.admin.orm
      .select()
      .from(uploadOpenRows)
      .where(eq(uploadOpenRows.connectionId, own.connectionId));
  const results = async () => (await list("/Result")).filter((name) => name.includes(".result")).toSorted();

  test("a rejected row that a person mended, with the id that it has now", async () => {
    await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2", { date: "soon" })));
    expect(await tell(0)).toBe(0);
    expect(await results()).toEqual(["sales-invoices.result.csv"]);
    await say("fix", mended("2"));
    expect(await tell(1)).toBe(1);
    const lines = (await read("/Result/sales-invoices.result-2.csv")).split("\r\n");
    expect(lines).toEqual([
      "Line;Key;Outcome;Id;Error;Fix",
      expect.stringMatching(/^3;2;written;\d+;;$/),
      "",
    ]);
    expect(await listOpen()).toEqual([]);
    expect(only(await listUploads())).toMatchObject({ resultCount: 2, lookAt: null });
    expect(await tell(10)).toBe(0);
  });

  test("a mended row that is rejected again comes back with its new reason, and once for the same one", async () => {
    await process("sales-invoices.csv", fileOf(lineOf("2", { date: "soon" })));
    await say("fix", { ...mended("2"), date: "never" });
    expect(await tell(1)).toBe(0);
    await say("fix", { ...mended("2"), email: "no address at all\u0007" });
    expect(await tell(2)).toBe(1);
    const [, line = ""] = (await read("/Result/sales-invoices.result-2.csv")).split("\r\n");
    expect(line).toMatch(/^2;2;rejected;;[^;]*email/);
    expect(await tell(3)).toBe(0);
    await say("fix", mended("2"));
    expect(await tell(4)).toBe(1);
    expect(await read("/Result/sales-invoices.result-3.csv")).toMatch(/^Line.+\r\n2;2;written;\d+;;\r\n$/);
  });

  test("a row that waited, once the vendor opened the period; what is still queued is waited for", async () => {
    await world.sandbox.setFaults({ closedUntil: { [companyId]: "2026-11-30" } });
    await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2", { date: "2026-12-01" })));
    expect(await read("/Result/sales-invoices.result.csv")).toMatch(/^2;1;waiting;;.+\r\n3;2;written;/m);
    await world.sandbox.setFaults({ closedUntil: { [companyId]: null } });
    const setState = (state: string) =>
      world.database.admin.sql`
        update delivery_rows set state = ${state}, cause = ${state === "waiting" ? "period_closed" : null}, state_since = now()
        where connection_id = ${own.connectionId} and state in ('waiting', 'queued')`;
    await setState("queued");
    expect(await tell(1)).toBe(0);
    await setState("waiting");
    await own.makeDue();
    await own.pump();
    expect(await tell(3)).toBe(1);
    expect(await read("/Result/sales-invoices.result-2.csv")).toMatch(/^Line.+\r\n2;1;written;\d+;;\r\n$/);
  });

  test("a row that is put aside is followed no more, and nothing is written of it", async () => {
    await process("sales-invoices.csv", fileOf(lineOf("1"), lineOf("2", { date: "soon" })));
    await say("dismiss");
    expect(await tell(1)).toBe(0);
    expect(await results()).toEqual(["sales-invoices.result.csv"]);
    expect(only(await listUploads())).toMatchObject({ lookAt: null });
  });

  test("a row that is still wrong is looked at less and less, and given up with the time to mend it", async () => {
    await process("sales-invoices.csv", fileOf(lineOf("2", { date: "soon" })));
    const readLook = async () => (only(await listUploads()).lookAt?.getTime() ?? 0) - Date.now();
    expect(await tell(0)).toBe(0);
    expect(await readLook()).toBeLessThanOrEqual(60_000);
    expect(await tell(120)).toBe(0);
    expect(await readLook()).toBeGreaterThan(124 * 60_000);
    expect(await tell(32 * 24 * 60)).toBe(0);
    expect(only(await listUploads())).toMatchObject({ lookAt: null });
    expect(await listOpen()).toEqual([]);
  });

  test("of a second file of the same name has a name of its own", async () => {
    await process("sales-invoices.csv", fileOf(lineOf("1")));
    await process("sales-invoices.csv", fileOf(lineOf("2", { date: "soon" })));
    await say("fix", mended("2"));
    expect(await tell(1)).toBe(1);
    expect(await results()).toEqual([
      "sales-invoices-2.result-2.csv",
      "sales-invoices-2.result.csv",
      "sales-invoices.result.csv",
    ]);
  });
});

test("the sweep asks again for what was overlooked, and removes what has had its time", async () => {
  await client.put(Buffer.from("a"), "/sales-invoices.csv");
  await client.put(Buffer.from("a"), "/sales-invoices.csv.filepart");
  const sweep = (hours: number) =>
    asSystem(world.context, "test", (tx) => sweepIntake(tx, new Date(Date.now() + hours * 3_600_000)));
  expect(await sweep(0)).toBe(0);
  expect(await sweep(1)).toBeGreaterThanOrEqual(1);
  expect((await listUploads()).map(({ name }) => name).toSorted()).toEqual([
    "sales-invoices.csv",
    "sales-invoices.csv.filepart",
  ]);
  await sweep(25);
  expect((await listUploads()).map(({ name }) => name)).toEqual(["sales-invoices.csv"]);
});

/** A database whose transactions fail at random, before or after they are committed, as a killed process leaves them. */
function dieAtRandom(database: VendorWorld["context"]["database"]): VendorWorld["context"]["database"] {
  const transaction: typeof database.orm.transaction = async (...args) => {
    const fate = randomInt(8);
    if (fate === 0) throw new Error("died before");
    const value = await database.orm.transaction(...args);
    if (fate === 1) throw new Error("died after");
    return value;
  };
  const orm = new Proxy(database.orm, {
    get: (target, name) => (name === "transaction" ? transaction : Reflect.get(target, name)),
  });
  return { ...database, orm };
}
