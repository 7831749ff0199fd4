import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { comparisons } from "@/db/schema";
import type { VendorRecord } from "@/lib/connectors/entity";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { connectForDeliveries, driveDeliveries, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { activateInGo, listConnectionIds } from "@/testing/fixtures/go-process";
import { createCustomer, createGoWorld, type GoWorld } from "@/testing/fixtures/go-world";
import { addCompany } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { compareConnection, listDue } from "./compare-connection";
import { getComparison, listComparisons, purgeComparisons } from "./queries";
import { judge } from "./rules";

describe("a record beside what was written", () => {
  const written = (total: string | null, version: string | null): VendorRecord => ({
    vendorId: "1",
    label: null,
    state: { total, version },
  });
  test.each([
    ["as it was", written("1.00 EUR", "a"), written("1.00 EUR", "a"), null],
    ["gone", written("1.00 EUR", "a"), null, "missing"],
    ["of another total", written("1.00 EUR", "a"), written("1.01 EUR", "b"), "total_differs"],
    ["of another currency", written("1.00 EUR", "a"), written("1.00 NOK", "a"), "total_differs"],
    ["changed otherwise", written("1.00 EUR", "a"), written("1.00 EUR", "b"), "changed"],
    ["without what can be compared", written(null, null), written("1.00 EUR", "b"), null],
    ["written before any of it was kept", { vendorId: "1", label: null }, written("1.00 EUR", "b"), null],
  ])("%s", (_, before, now, kind) => {
    expect(judge({ written: before, there: now })).toBe(kind);
  });
});

describe("sales invoices in Procountor", () => {
  let world: VendorWorld;
  let own: Awaited<ReturnType<typeof connectForDeliveries>>;
  beforeAll(async () => {
    world = await createVendorWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.sandbox.setFaults({ clear: true });
    own = await connectForDeliveries(world, await addCompany(world));
    await own.deliver([makeInvoiceRow("1"), makeInvoiceRow("2"), makeInvoiceRow("3"), makeInvoiceRow("4")]);
    await own.pump();
  });

  const compare = () => compareConnection(world.context, own.connectionId);
  const atVendor = (number: string) => {
    const found = world.sandbox
      .getState()
      .invoices.findLast(({ body }) => body.originalInvoiceNumber === number);
    if (!found) throw new Error(`there is no invoice ${number}`);
    return found;
  };
  const removeAtVendor = (number: string) => {
    const { invoices } = world.sandbox.getState();
    invoices.splice(invoices.indexOf(atVendor(number)), 1);
  };
  const newest = async () => {
    const [view] = await asCustomer(world.database, own.viewer, (tx) =>
      listComparisons(tx, own.connectionId),
    );
    if (!view) throw new Error("there is no report");
    return asCustomer(world.database, own.viewer, (tx) => getComparison(tx, own.connectionId, view.id));
  };
  const isDue = async (now = new Date()) => (await listDue(world.context, now)).includes(own.connectionId);
  const age = (hours: number) =>
    world.database.admin
      .sql`update comparisons set compared_at = compared_at - make_interval(hours => ${hours})
      where connection_id = ${own.connectionId}`;

  test("all there: a report that says so, once a day", async () => {
    expect(await isDue()).toBe(true);
    expect(await compare()).toEqual({ "sales-invoices": "matches" });
    expect(await newest()).toMatchObject({
      ...{
        outcome: "matches",
        written: 4,
        found: 4,
        missing: 0,
        totalsCompared: 4,
        totalsDiffer: 0,
        changed: 0,
      },
      findings: [],
    });
    expect(await isDue()).toBe(false);
    await age(21);
    expect(await isDue()).toBe(true);
    // Nothing was written for so long that there is nothing to compare.
    expect(await isDue(new Date(Date.now() + 40 * 24 * 3_600_000))).toBe(false);
  });

  test("one deleted, one of another total, one marked as paid: each by its row", async () => {
    removeAtVendor("1");
    const other = atVendor("2").body;
    other.invoiceSumInfo = other.invoiceSumInfo.map((sum) => ({
      ...sum,
      invoiceSumTotal: sum.invoiceSumTotal + 1,
    }));
    atVendor("3").body.version = "2031-01-01T00:00:00.000";
    expect(await compare()).toEqual({ "sales-invoices": "differs" });
    const report = await newest();
    expect(report).toMatchObject({
      written: 4,
      found: 3,
      missing: 1,
      totalsCompared: 3,
      totalsDiffer: 1,
      changed: 1,
    });
    const rows = await own.listRows();
    const kinds = new Map(report.findings.map(({ rowId, kind }) => [rowId, kind]));
    expect(rows.map(({ id }) => kinds.get(id) ?? null)).toEqual([
      "missing",
      "total_differs",
      "changed",
      null,
    ]);
    expect(report.findings[0]).toMatchObject({
      deliveryId: rows[0]?.deliveryId,
      position: expect.any(Number),
    });
  });

  test("what is not in the list is asked for before it counts as missing", async () => {
    atVendor("1").body.version = "2001-01-01T00:00:00.000";
    await compare();
    expect(await newest()).toMatchObject({ found: 4, missing: 0 });
  });

  test("a list of several pages is read to its end, and nothing is asked for besides", async () => {
    const state = world.sandbox.getState();
    const like = atVendor("1");
    for (let more = 0; more < 250; more += 1) {
      const id = state.nextInvoiceId++;
      state.invoices.push({ ...like, body: { ...like.body, id, originalInvoiceNumber: `other-${id}` } });
    }
    await own.deliver([makeInvoiceRow("5")]);
    await own.pump();
    const before = (await world.sandbox.listCalls()).length;
    expect(await compare()).toEqual({ "sales-invoices": "matches" });
    const calls = (await world.sandbox.listCalls()).slice(before).map(({ path }) => path);
    expect(calls).toEqual(["/invoices", "/invoices"]);
  });

  test("a vendor that does not answer: failed, with no word about the records", async () => {
    removeAtVendor("1");
    await world.sandbox.setFaults({ failNext: { method: "GET", path: "/invoices", status: 403, times: 9 } });
    expect(await compare()).toEqual({ "sales-invoices": "failed" });
    expect(await newest()).toMatchObject({ outcome: "failed", written: 0, missing: 0, findings: [] });
  });

  test("nobody else sees the report, and it is forgotten after 90 days", async () => {
    await compare();
    const { id } = await newest();
    const stranger = await createViewer(world.database);
    await expect(
      asCustomer(world.database, stranger, (tx) => getComparison(tx, own.connectionId, id)),
    ).rejects.toMatchObject({ code: "not_found" });
    await age(91 * 24);
    await asSystem(world.context, "test", (tx) => purgeComparisons(tx, new Date()));
    expect(await world.database.admin.orm.select().from(comparisons).where(eq(comparisons.id, id))).toEqual(
      [],
    );
  });

  test("a paused connection is left alone", async () => {
    await world.database.admin.sql`
      insert into holds (id, connection_id, partner_id, account_id, kind, set_by, since)
      select gen_random_uuid(), id, partner_id, account_id, 'pause', 'customer', now() - interval '1 minute'
      from connections where id = ${own.connectionId}`;
    expect(await compare()).toEqual({});
  });
});

describe("sales orders in PowerOffice Go", () => {
  let world: GoWorld;
  beforeAll(async () => {
    world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
  });
  afterAll(() => world.close());

  test("a draft that was sent is there as an invoice; one that a person deleted is missing", async () => {
    const customer = await createCustomer(world, 1);
    const clientId = only(customer.clientIds);
    const requestId = await activateInGo(world, customer, customer.clientIds);
    const connectionId = only(await listConnectionIds(world, requestId));
    const own = driveDeliveries(world, { viewer: customer.viewer, connectionId });
    await own.deliver(
      [{ customerId: "shop-7", name: "Fjellrype AS", email: "faktura@example.com" }],
      "customers",
    );
    await own.deliver([{ code: "B-7", name: "Dekkskift", unitPrice: "450.00" }], "products");
    await own.pump();
    const order = (orderNumber: string) => ({
      ...{ orderNumber, date: "2026-11-30", customerId: "shop-7" },
      lines: [{ productCode: "B-7", quantity: "2" }],
    });
    await own.deliver([order("1"), order("2"), order("3")], "sales-orders");
    await own.pump();
    const compare = async () => {
      const outcomes = await compareConnection(world.context, connectionId);
      const [view] = await asCustomer(world.database, customer.viewer, (tx) =>
        listComparisons(tx, connectionId),
      );
      return [outcomes, view];
    };
    expect(await compare()).toMatchObject([
      { "sales-orders": "matches" },
      { found: 3, totalsCompared: 3, changed: 0 },
    ]);
    const idOf = (number: string) =>
      world.sandbox
        .getState()
        .books[clientId]?.salesOrders.find((one) => one.ExternalImportReference === number)?.Id;
    await world.sandbox.setFaults({ sendOrder: { clientId, orderId: idOf("1") } });
    await world.sandbox.setFaults({ deleteOrder: { clientId, orderId: idOf("2") } });
    expect(await compare()).toMatchObject([
      { "sales-orders": "differs" },
      { found: 2, missing: 1, totalsCompared: 2, totalsDiffer: 0, changed: 1 },
    ]);
  });
});
