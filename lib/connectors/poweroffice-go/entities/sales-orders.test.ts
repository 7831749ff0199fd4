import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordOf } from "@/testing/fixtures/entity";
import { makeGoEntity } from "@/testing/fixtures/go-entity";
import { type PowerOfficeTestSandbox, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { salesOrders } from "./sales-orders";

const LINE = { productCode: "A-1", quantity: "2", unitPrice: "50.00" };
const ROW = { orderNumber: "1042", date: "2026-11-30", customerNumber: "10000", lines: [LINE] };

let sandbox: PowerOfficeTestSandbox;
let go: Awaited<ReturnType<typeof makeGoEntity>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  go = await makeGoEntity(sandbox, salesOrders, ROW);
});
afterAll(() => sandbox.close());

const listOrders = () => go.books().salesOrders;
const newest = () => listOrders().at(-1);
const CUSTOMER = { vendorId: "70001", label: "10000" };

test("an order is made as a draft, under the sender's number and with Go's beside it", async () => {
  const row = { customerReference: "Kari", lines: [LINE, { description: "Takk for handelen" }] };
  expect(await go.write({ row })).toMatchObject({ kind: "written", wasCreated: true, label: "1" });
  expect(newest()).toMatchObject({
    SalesOrderStatus: "Draft",
    ExternalImportReference: "1042",
    ImportedOrderNo: 1042,
    CustomerNo: 10_000,
    SalesOrderDate: "2026-11-30",
    CurrencyCode: "NOK",
    NetAmount: 100,
    TotalAmount: 125,
    SalesOrderLines: [
      { LineType: "Normal", ProductCode: "A-1", Quantity: 2, SortOrder: 0 },
      { LineType: "Text", Description: "Takk for handelen", SortOrder: 1 },
    ],
  });
  expect(await go.listChanges()).toEqual(["POST /SalesOrders/Complete"]);
});

describe("the customer", () => {
  test("by the sender's id is the one that was delivered", async () => {
    const findWritten = async (id: string, entity?: string) =>
      id === "shop-7" && entity === "customers" ? CUSTOMER : null;
    const row = { customerNumber: undefined, customerId: "shop-7" };
    expect(await go.write({ row, findWritten })).toMatchObject({ kind: "written" });
  });

  test("by the sender's id is found in Go when an earlier connection delivered it", async () => {
    const fields = { Number: 10_500, Name: "Eldre AS", ExternalImportReference: "shop-8" };
    await sandbox.setFaults({ addForeignCustomer: { clientId: go.clientId, fields } });
    await go.write({ row: { customerNumber: undefined, customerId: "shop-8" } });
    expect(newest()).toMatchObject({ CustomerNo: 10_500 });
  });

  test("by the sender's id may come later: the order waits for it", async () => {
    expect(await go.write({ row: { customerNumber: undefined, customerId: "shop-9" } })).toEqual({
      kind: "waiting",
      cause: "parent_missing",
      parentEntity: "customers",
      parentKey: "shop-9",
    });
  });

  test("by a number has to be in Go", async () => {
    expect(await go.write({ row: { customerNumber: "10999" } })).toEqual({
      kind: "rejected",
      problems: [{ field: "customerNumber", cause: "customer_unknown", vendorWords: "10999" }],
    });
  });
});

test("everything that the lines name and Go does not have is told at once, and nothing is sent", async () => {
  const lines = [LINE, { ...LINE, productCode: "C-1" }, { ...LINE, vatPercent: "24" }];
  expect(await go.write({ row: { lines, paymentTermDays: "7" } })).toEqual({
    kind: "rejected",
    problems: [
      { field: "lines.2.vatPercent", cause: "vat_unknown", vendorWords: "0, 15, 25" },
      { field: "lines.1.productCode", cause: "product_unknown", vendorWords: "C-1" },
      { field: "paymentTermDays", cause: "payment_terms_invalid", vendorWords: "14, 30" },
    ],
  });
  expect(await go.listChanges()).toEqual([]);
});

describe("a change", () => {
  test("is made of the head and of each line, and only of what differs", async () => {
    const lines = [LINE, { ...LINE, productCode: "A-2" }, { description: "Takk" }];
    const written = recordOf(await go.write({ row: { lines, customerReference: "Kari" } }));
    const row = {
      lines: [{ ...LINE, quantity: "3" }, { description: "Takk" }, { ...LINE, productCode: "A-3" }],
    };
    expect(await go.write({ row, written })).toEqual({
      kind: "written",
      wasCreated: false,
      ...written,
      state: { total: "312.50 NOK", version: expect.any(String) },
    });
    expect(newest()).toMatchObject({
      CustomerReference: null,
      NetAmount: 250,
      SalesOrderLines: [
        { ProductCode: "A-1", Quantity: 3 },
        { LineType: "Text", Description: "Takk" },
        { ProductCode: "A-3" },
      ],
    });
    expect(listOrders()).toHaveLength(1);
    const changes = (await go.listChanges()).length;
    await go.write({ row, written });
    expect(await go.listChanges()).toHaveLength(changes);
  });

  test("that was cut off between two lines is found half done, and goes on where it was", async () => {
    const written = recordOf(await go.write({ row: { lines: [LINE, LINE, LINE] } }));
    const row = {
      lines: [
        { ...LINE, quantity: "3" },
        { ...LINE, quantity: "4" },
      ],
    };
    await sandbox.setFaults({ loseAnswerNext: { method: "PATCH", path: "/SalesOrders/*/Lines/*" } });
    await expect(go.write({ row, written })).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await go.lookUp({ row, written })).toMatchObject({ kind: "ours", isSame: false });
    expect(await go.write({ row, written })).toMatchObject({ kind: "written", wasCreated: false });
    expect(await go.lookUp({ row, written })).toMatchObject({ kind: "ours", isSame: true });
    expect(newest()).toMatchObject({ LineCount: 2, NetAmount: 350 });
  });

  test("is refused once a person confirmed or sent the order, and makes a deleted one again", async () => {
    const written = recordOf(await go.write());
    const order = { clientId: go.clientId, orderId: written.vendorId };
    await sandbox.setFaults({ confirmOrder: order });
    const isLocked = (vendorWords: string) => ({
      kind: "rejected",
      problems: [{ field: null, cause: "locked_at_vendor", vendorWords }],
    });
    expect(await go.write({ written })).toEqual(isLocked("Confirmed"));
    await sandbox.setFaults({ sendOrder: order });
    expect(await go.write({ written })).toEqual(isLocked("Invoice 5001"));
    const other = recordOf(await go.write({ row: { orderNumber: "1043" } }));
    await sandbox.setFaults({ deleteOrder: { clientId: go.clientId, orderId: other.vendorId } });
    expect(await go.write({ row: { orderNumber: "1043" }, written: other })).toMatchObject({
      kind: "written",
      wasCreated: true,
    });
  });
});

test("a refund waits for its original, then for its invoice, and names that", async () => {
  const original = recordOf(await go.write());
  const row = { orderNumber: "1043", creditOf: "1042", lines: [{ ...LINE, quantity: "-2" }] };
  expect(await go.write({ row })).toEqual({ kind: "waiting", cause: "parent_missing", parentKey: "1042" });
  const findWritten = async (number: string, entity?: string) =>
    number === "1042" && entity === undefined ? original : null;
  expect(await go.write({ row, findWritten })).toEqual({
    kind: "waiting",
    cause: "not_invoiced",
    vendorWords: "1",
  });
  expect(await go.hasEnded("not_invoiced", { row, findWritten })).toBe(false);
  await sandbox.setFaults({ sendOrder: { clientId: go.clientId, orderId: original.vendorId } });
  expect(await go.hasEnded("not_invoiced", { row, findWritten })).toBe(true);
  await go.write({ row, findWritten });
  expect(newest()).toMatchObject({ RelatedInvoiceNo: 5001, TotalAmount: -125 });
  expect(await go.write({ row: { ...row, creditOf: "1043" } })).toMatchObject({
    problems: [{ cause: "parent_ring" }],
  });
});

test("what Go calculates otherwise is shown beside what was expected, and the order is there", async () => {
  await sandbox.setFaults({ skewNextTotal: [100] });
  expect(await go.write({ row: { grossTotal: "125.00" } })).toMatchObject({
    kind: "waiting",
    cause: "total_differs",
    vendorWords: "net 101.00 instead of 100.00, gross 126.00 instead of 125.00",
    record: { label: "1" },
  });
  const lines = [{ ...LINE, vatPercent: "15" }];
  expect(await go.write({ row: { orderNumber: "1043", lines } })).toMatchObject({
    kind: "waiting",
    vendorWords: "vat 25.00 instead of 15.00, gross 125.00 instead of 115.00, VAT of line 1 25 instead of 15",
  });
});

test("a reference that is in use lets the row wait", async () => {
  const fields = { ExternalImportReference: "1042", CustomerNo: 10_900 };
  await sandbox.setFaults({ addForeignOrder: { clientId: go.clientId, fields } });
  expect(await go.write()).toMatchObject({ kind: "waiting", cause: "number_in_use" });
});

describe("a look-up", () => {
  test("finds nothing where nothing is, nor where the customer is not", async () => {
    expect(await go.lookUp()).toBeNull();
    expect(await go.lookUp({ row: { customerNumber: "10999" } })).toBeNull();
  });

  test("finds what a cut line left behind, also once it was sent", async () => {
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/SalesOrders/Complete" } });
    await expect(go.write()).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await go.lookUp()).toMatchObject({ kind: "ours", isSame: true, label: "1" });
    expect(await go.lookUp({ row: { customerReference: "Ola" } })).toMatchObject({
      kind: "ours",
      isSame: false,
    });
    await sandbox.setFaults({ sendOrder: { clientId: go.clientId, orderId: newest()?.Id } });
    expect(await go.lookUp()).toMatchObject({ kind: "ours", isSame: true });
  });

  test("never takes another one's order with the same number for ours, nor one of another day or total", async () => {
    const fields = { ExternalImportReference: "1042", SalesOrderDate: "2026-11-30" };
    await sandbox.setFaults({ addForeignOrder: { clientId: go.clientId, fields } });
    expect(await go.lookUp()).toEqual({
      kind: "foreign",
      vendorWords: "1, 10000, 2026-11-30, 12.50 NOK",
    });
    await go.write({ row: { orderNumber: "1043" } });
    expect(await go.lookUp({ row: { orderNumber: "1043" } })).toMatchObject({ kind: "ours" });
    const later = { orderNumber: "1043", date: "2026-12-01" };
    expect(await go.lookUp({ row: later })).toMatchObject({ kind: "foreign" });
    const dearer = { orderNumber: "1043", lines: [{ ...LINE, quantity: "9" }] };
    expect(await go.lookUp({ row: dearer })).toMatchObject({ kind: "foreign" });
  });
});

test("a read that fails before the order is sent says that nothing was sent", async () => {
  await sandbox.setFaults({ failNext: { path: "/Products", status: 500 } });
  await expect(go.write()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
});

test.each<[string, Record<string, unknown>, string[]]>([
  ["a plain order", {}, []],
  ["no customer", { customerNumber: undefined }, ["customerId: field_missing"]],
  ["two customers", { customerId: "shop-7" }, ["customerNumber: field_invalid"]],
  ["a product without a quantity", { lines: [{ productCode: "A-1" }] }, ["lines.0.quantity: field_missing"]],
  ["a quantity of nothing", { lines: [{ quantity: "1" }] }, ["lines.0.productCode: field_missing"]],
  ["an empty line", { lines: [{}] }, ["lines.0.description: field_missing"]],
  [
    "too much discount",
    { lines: [LINE, { ...LINE, discountPercent: "101", unitPrice: "1" }] },
    ["lines.1.discountPercent: field_invalid"],
  ],
  ["totals of a cent's difference", { netTotal: "100.01" }, []],
  ["totals that do not add up", { netTotal: "99.00" }, ["netTotal: totals_disagree"]],
  ["a gross that cannot be known", { grossTotal: "1.00" }, []],
  ["prices of the products", { netTotal: "1.00", lines: [{ productCode: "A-1", quantity: "1" }] }, []],
  [
    "a negative order without an original",
    { lines: [{ ...LINE, quantity: "-1" }] },
    ["creditOf: field_missing"],
  ],
  ["a credit note that is positive", { creditOf: "7" }, ["lines.0.quantity: totals_disagree"]],
])("the check of %s", (_what, row, problems) => {
  expect(go.check({ row })).toEqual(problems);
});
