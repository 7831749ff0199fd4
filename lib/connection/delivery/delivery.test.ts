import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asSystem } from "@/lib/platform/worker-context";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { addCompany } from "@/testing/fixtures/offboarding";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { moveRow } from "./move-row";

let world: VendorWorld;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
let companyId: number;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sandbox.setFaults({ clear: true });
  companyId = await addCompany(world);
  own = await connectForDeliveries(world, companyId);
});

const listInvoices = () =>
  world.sandbox
    .getState()
    .invoices.filter((invoice) => invoice.companyId === companyId)
    .map(({ body }) => body);
const rowOf = (number: string, quantity = "2") => makeInvoiceRow(number, { lines: [{ ...LINE, quantity }] });

test("each row of a delivery comes to one outcome, and a bad one is rejected alone, at once", async () => {
  const { checked } = await own.deliver([
    rowOf("1"),
    { ...rowOf("2"), date: "30.11.2026", email: undefined },
    rowOf("3"),
  ]);
  expect(checked.map(({ key, problems }) => [key, problems])).toEqual([
    ["1", []],
    ["2", [{ field: "date", cause: "field_invalid" }]],
    ["3", []],
  ]);
  expect(await own.tellRows()).toEqual(["1 queued", "2 rejected: field_invalid", "3 queued"]);
  expect(await own.pump()).toBeNull();
  expect(await own.tellRows()).toEqual(["1 written", "2 rejected: field_invalid", "3 written"]);
  expect(own.countAtVendor()).toEqual({ 1: 1, 3: 1 });
  expect(await own.listDeliveries()).toMatchObject([{ state: "settled", number: 1, rowCount: 3 }]);
  const events = await own.listEvents();
  expect(events.map(({ number, outcome }) => [number, outcome])).toEqual([
    [1, "rejected"],
    [2, "written"],
    [3, "written"],
  ]);
  // What was written is not kept; what was rejected is, sealed.
  expect((await own.listRows()).map(({ sealedBody }) => sealedBody !== null)).toEqual([false, true, false]);
});

test("nothing of a row stands readable in the database", async () => {
  await own.deliver([
    makeInvoiceRow("canary-number", { customerName: "Canary customer", date: "nonsense-canary" }),
  ]);
  await own.deliver([
    makeInvoiceRow("canary-number", { customerName: "Canary customer", message: "canary text" }),
  ]);
  await own.pump();
  const [found] = await world.database.admin.sql`
    select (select count(*) from delivery_rows r where r::text ilike '%canary%')
      + (select count(*) from written_records w where w::text ilike '%canary%')
      + (select count(*) from outbox_events e where e::text ilike '%canary%') as count`;
  expect(found).toEqual({ count: "0" });
});

describe("of one key", () => {
  test("what was last written is unchanged, and costs the vendor no call", async () => {
    await own.deliver([rowOf("1")]);
    await own.pump();
    const calls = (await world.sandbox.listCalls()).length;
    await own.deliver([rowOf("1"), rowOf("2")]);
    expect(await own.tellRows()).toEqual(["1 written", "1 unchanged", "2 queued"]);
    await own.deliver([rowOf("1")]);
    expect(await own.tellRows()).toEqual(["1 written", "1 unchanged", "2 queued", "1 unchanged"]);
    expect((await world.sandbox.listCalls()).length).toBe(calls);
  });

  test("a newer row supersedes one that has not left, in the same delivery or an earlier one", async () => {
    await own.deliver([rowOf("1", "1"), rowOf("1", "2"), rowOf("2")]);
    expect(await own.tellRows()).toEqual(["1 superseded", "1 queued", "2 queued"]);
    await own.deliver([rowOf("1", "3")]);
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 superseded", "1 superseded", "2 written", "1 written"]);
    expect(
      listInvoices().map(({ originalInvoiceNumber, invoiceRows }) => [
        originalInvoiceNumber,
        invoiceRows[0]?.quantity,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["1", 3],
        ["2", 2],
      ]),
    );
    expect(own.countAtVendor()).toEqual({ 1: 1, 2: 1 });
  });

  test("what was written before is not unchanged while the answer to a change of it is lost", async () => {
    await own.deliver([rowOf("1", "2")]);
    await own.pump();
    await world.sandbox.setFaults({ loseAnswerNext: { method: "PUT", path: "/invoices/*" } });
    await own.deliver([rowOf("1", "3")]);
    await own.pump();
    expect((await own.tellRows()).at(-1)).toBe("1 unknown");
    await own.deliver([rowOf("1", "2")]);
    await own.pump();
    expect((await own.tellRows()).slice(1), "and waits behind that answer").toEqual([
      "1 unknown",
      "1 queued",
    ]);
    for (let round = 0; round < 4; round += 1) {
      await own.makeDue();
      await own.pump();
    }
    expect(listInvoices()).toMatchObject([{ invoiceRows: [{ quantity: 2 }] }]);
  });

  test("a row moves on from where it is, whoever read it before", async () => {
    await own.deliver([rowOf("1")]);
    const [row] = await own.listRows();
    if (!row) throw new Error("a row was delivered");
    const work = await own.findWork();
    const send = (sentUnder: string) =>
      asSystem(world.context, "test", (tx) => moveRow(tx, work, row, { event: "send", sentUnder }));
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await send(first)).toBe(true);
    expect(await send(second)).toBe(false);
    expect(await own.listRows()).toMatchObject([{ state: "sending", sentUnder: first }]);
  });

  test("a change of what was written updates it", async () => {
    await own.deliver([rowOf("1")]);
    await own.pump();
    await own.deliver([rowOf("1", "5")]);
    await own.pump();
    expect((await own.listRows()).map(({ wasCreated }) => wasCreated)).toEqual([true, false]);
    expect(listInvoices()).toMatchObject([{ invoiceRows: [{ quantity: 5 }] }]);
  });
});

describe("a lost answer", () => {
  const lose = () => world.sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/invoices" } });

  test("is found by a look-up, and nothing is made twice", async () => {
    await lose();
    await own.deliver([rowOf("1")]);
    expect(await own.pump()).toBeInstanceOf(Date);
    expect(await own.tellRows()).toEqual(["1 unknown"]);
    await own.deliver([rowOf("1", "9")]);
    await own.makeDue();
    await own.pump();
    // The newer row waited behind the lost one, then changed it.
    expect(await own.tellRows()).toEqual(["1 written", "1 written"]);
    expect(own.countAtVendor()).toEqual({ 1: 1 });
    expect(listInvoices()).toMatchObject([{ invoiceRows: [{ quantity: 9 }] }]);
  });

  test("that takes effect late is found by the last look-up", async () => {
    await world.sandbox.setFaults({
      carryOutLateNext: { method: "POST", path: "/invoices", status: null, afterMs: null },
    });
    await own.deliver([rowOf("1")]);
    await own.pump();
    for (let lookUp = 1; lookUp <= 2; lookUp += 1) {
      await own.makeDue();
      await own.pump();
      expect(await own.listRows()).toMatchObject([{ state: "unknown", lookUps: lookUp }]);
    }
    await world.sandbox.setFaults({ carryOutWaiting: true });
    await own.makeDue();
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 written"]);
    expect(own.countAtVendor()).toEqual({ 1: 1 });
  });

  test("that had no effect is sent again once the last look-up was empty", async () => {
    await world.sandbox.setFaults({ failNext: { method: "POST", path: "/invoices", status: 500 } });
    await own.deliver([rowOf("1")]);
    await own.pump();
    for (let lookUp = 0; lookUp < 3; lookUp += 1) {
      await own.makeDue();
      await own.pump();
    }
    expect(await own.tellRows()).toEqual(["1 written"]);
    expect(own.countAtVendor()).toEqual({ 1: 1 });
  });

  test("is known of a worker that died with the row at the vendor", async () => {
    await own.deliver([rowOf("1")]);
    await world.database.admin.sql`
      update delivery_rows set state = 'sending', sent_under = gen_random_uuid() where connection_id = ${own.connectionId}`;
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 unknown"]);
  });
});

test("a vendor that says slow down has had nothing: the row goes again, after the pause", async () => {
  await world.sandbox.setFaults({
    failNext: { method: "POST", path: "/invoices", status: 429, retryAfterSeconds: 30 },
  });
  await own.deliver([rowOf("1")]);
  await own.pump();
  expect(await own.readPauseMs()).toBeGreaterThan(25_000);
  expect(await own.tellRows()).toEqual(["1 queued"]);
  await own.makeDue();
  await own.pump();
  expect(own.countAtVendor()).toEqual({ 1: 1 });
});

describe("what waits", () => {
  test("for another's number is shown, and never adopted", async () => {
    await world.sandbox.setFaults({
      addForeignInvoice: {
        companyId,
        originalInvoiceNumber: "1",
        date: "2026-11-30",
        name: "Aapasuon Autohuolto Oy",
      },
    });
    await own.deliver([rowOf("1")]);
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 waiting: number_in_use"]);
    expect(own.countAtVendor()).toEqual({ 1: 1 });
  });

  test("for an open period goes on when the vendor says that it is open", async () => {
    await world.sandbox.setFaults({ closedUntil: { [companyId]: "2026-11-30" } });
    await own.deliver([rowOf("1")]);
    await own.pump();
    await own.makeDue();
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 waiting: period_closed"]);
    await world.sandbox.setFaults({ closedUntil: { [companyId]: null } });
    await own.makeDue();
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 written"]);
  });

  test("for its original goes on once that one is written, and falls with it when it is rejected", async () => {
    const refund = (number: string, creditOf: string) =>
      makeInvoiceRow(number, { creditOf, lines: [{ ...LINE, quantity: "-1" }] });
    await own.deliver([refund("11", "1"), refund("12", "2")]);
    await own.pump();
    expect(await own.tellRows()).toEqual(["11 waiting: parent_missing", "12 waiting: parent_missing"]);
    const bad = { ...rowOf("2"), lines: [{ ...LINE, vatPercent: "23" }] };
    await own.deliver([rowOf("1"), bad]);
    await own.pump();
    expect(await own.tellRows()).toEqual([
      "11 written",
      "12 rejected: parent_rejected",
      "1 written",
      "2 rejected: vat_unknown",
    ]);
  });

  test("too long is rejected", async () => {
    await own.deliver([makeInvoiceRow("11", { creditOf: "1", lines: [{ ...LINE, quantity: "-1" }] })]);
    await own.pump();
    await world.database.admin.sql`
      update delivery_rows set state_since = now() - interval '31 days', next_at = now() where connection_id = ${own.connectionId}`;
    await world.database.admin.sql`
      update delivery_queues set due_at = now() where connection_id = ${own.connectionId}`;
    await own.pump();
    expect(await own.tellRows()).toEqual(["11 rejected: waited_too_long"]);
  });
});

test("a total that the vendor calculates otherwise waits for a person, and the invoice is updated, not made again", async () => {
  await world.sandbox.setFaults({ skewNextTotal: [100] });
  await own.deliver([rowOf("1")]);
  await own.pump();
  expect(await own.tellRows()).toEqual(["1 waiting: total_differs"]);
  await own.deliver([rowOf("1")]);
  await own.pump();
  expect(await own.tellRows()).toEqual(["1 superseded", "1 written"]);
  expect(own.countAtVendor()).toEqual({ 1: 1 });
});

test("of two connections each has its turn, however much one has", async () => {
  const other = await connectForDeliveries(world, await addCompany(world));
  await own.deliver(Array.from({ length: 60 }, (_, index) => rowOf(String(index + 1))));
  await other.deliver([rowOf("1")]);
  await world.sandbox.setFaults({ latencyMs: 30 });
  const pumping = own.pump();
  await expect.poll(async () => other.tellRows(), { timeout: 10_000 }).toEqual(["1 written"]);
  expect((await own.tellRows()).filter((row) => row.endsWith("queued")).length).toBeGreaterThan(0);
  await pumping;
  while ((await own.tellRows()).some((row) => row.endsWith("queued"))) await own.pump();
  expect(Object.keys(own.countAtVendor())).toHaveLength(60);
}, 60_000);
