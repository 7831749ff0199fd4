import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HeldKey } from "@/lib/connectors/context";
import type { WriteInput, WriteResult } from "@/lib/connectors/entity";
import { makeProcountorContext, startTestSandbox } from "@/testing/procountor-sandbox";
import { salesInvoices } from "./sales-invoices";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let key: HeldKey;
const COMPANY = 15501;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  const secret = await sandbox.addKey({ companyId: COMPANY });
  key = { subject: { kind: "connection", connectionId: "c" }, secret };
});
afterAll(() => sandbox.close());

const LINE = { product: "Juhlatilan vuokra", quantity: "2", unitPrice: "50.00", vatPercent: "25.5" };
const ROW = {
  invoiceNumber: "1042",
  date: "2026-11-30",
  customerName: "Aapasuon Autohuolto Oy",
  email: "laskut@example.com",
  lines: [LINE],
};

type Change = Partial<WriteInput> & { row?: Record<string, unknown> };
/** As the pipeline makes it: parsed by the entity's own schemas. */
function makeInput({ row = {}, settings = {}, ...rest }: Change = {}): WriteInput {
  return {
    row: salesInvoices.schema.parse({ ...ROW, ...row }),
    settings: salesInvoices.settings.parse(settings),
    written: null,
    findWritten: async () => null,
    isUnderWay: async () => false,
    mark: "0123456789ab",
    ...rest,
  };
}
const context = () => makeProcountorContext(sandbox.url);
const write = (change?: Change) => salesInvoices.write(context(), key, makeInput(change));
const lookUp = (change?: Change) => salesInvoices.lookUp(context(), key, makeInput(change));
const check = (row: Record<string, unknown>, settings = {}) => {
  const input = makeInput({ row, settings });
  return salesInvoices.check(input.row, input.settings).map(({ field, cause }) => `${field}: ${cause}`);
};
const listInvoices = () => sandbox.getState().invoices.map(({ body }) => body);

function recordOf(result: WriteResult) {
  if (result.kind !== "written") throw new Error(`it is ${result.kind}`);
  return { vendorId: result.vendorId, label: result.label };
}

test("an invoice is made unfinished, under the sender's number and with the vendor's beside it", async () => {
  const result = await write({ row: { grossTotal: "125.50", dueDate: "2026-12-24" } });
  expect(result).toEqual({
    kind: "written",
    wasCreated: true,
    vendorId: "1",
    label: "1001",
    state: { total: "125.50 EUR", version: expect.any(String) },
  });
  expect(listInvoices()).toMatchObject([
    {
      status: "UNFINISHED",
      originalInvoiceNumber: "1042",
      paymentInfo: { dueDate: "2026-12-24", currency: "EUR" },
      invoiceSumInfo: [{ excludingVatTotal: 100, vatSumTotal: 25.5, invoiceSumTotal: 125.5 }],
    },
  ]);
  expect(
    (await sandbox.listCalls()).filter(({ method }) => method !== "GET").map(({ path }) => path),
  ).toEqual(["/oauth/token", "/invoices"]);
});

test("settings of the connection fill what a row leaves out", async () => {
  const settings = { paymentTermDays: "30", language: "SWEDISH", unitPricesIncludeVat: "YES" };
  await write({ settings, row: { lines: [{ ...LINE, quantity: "1", unitPrice: "125.50" }] } });
  expect(listInvoices()).toMatchObject([
    {
      language: "SWEDISH",
      paymentInfo: { dueDate: "2026-12-30" },
      invoiceSumInfo: [{ excludingVatTotal: 100, invoiceSumTotal: 125.5 }],
    },
  ]);
});

test("an update changes the same invoice, until a person has sent it there", async () => {
  const written = recordOf(await write());
  const row = { lines: [{ ...LINE, quantity: "3" }] };
  expect(await write({ row, written })).toEqual({
    kind: "written",
    wasCreated: false,
    ...written,
    state: { total: "188.25 EUR", version: expect.any(String) },
  });
  expect(listInvoices()).toMatchObject([{ invoiceRows: [{ quantity: 3 }] }]);
  await sandbox.setFaults({ setInvoiceStatus: { id: 1, status: "SENT" } });
  expect(await write({ written })).toMatchObject({
    kind: "rejected",
    problems: [{ cause: "locked_at_vendor", vendorWords: "SENT" }],
  });
});

test("a refund is a credit note that names its original, and waits for one that has not come", async () => {
  const original = recordOf(await write());
  const row = { invoiceNumber: "1043", creditOf: "1042", lines: [{ ...LINE, quantity: "-2" }] };
  expect(await write({ row })).toEqual({ kind: "waiting", cause: "parent_missing", parentKey: "1042" });
  const findWritten = async (number: string) => (number === "1042" ? original : null);
  expect(await write({ row, findWritten })).toMatchObject({ kind: "written", wasCreated: true });
  expect(listInvoices()[1]).toMatchObject({
    additionalInformation: "Hyvityslasku laskulle 1001 (1042)",
    invoiceSumInfo: [{ invoiceSumTotal: -125.5 }],
  });
});

test("a rate that the vendor does not know rejects the row, with the rates that it knows, and nothing is sent", async () => {
  const row = { lines: [LINE, { ...LINE, vatPercent: "23" }] };
  expect(await write({ row })).toEqual({
    kind: "rejected",
    problems: [
      { field: "lines.1.vatPercent", cause: "vat_unknown", vendorWords: "0, 10, 13.5, 14, 24, 25.5" },
    ],
  });
  expect(listInvoices()).toEqual([]);
});

test("a closed period lets the row wait, and is seen to be open again", async () => {
  await sandbox.setFaults({ closedUntil: { [COMPANY]: "2026-11-30" } });
  expect(await write()).toEqual({
    kind: "waiting",
    cause: "period_closed",
    vendorWords: "CLOSED_FISCAL_PERIOD",
  });
  const hasEnded = () => salesInvoices.hasEnded?.(context(), key, "period_closed", makeInput());
  expect(await hasEnded()).toBe(false);
  await sandbox.setFaults({ closedUntil: { [COMPANY]: "2026-10-31" } });
  expect(await hasEnded()).toBe(true);
});

test("a total that the vendor calculates otherwise is shown beside ours, and the invoice is there", async () => {
  await sandbox.setFaults({ skewNextTotal: [100] });
  expect(await write()).toEqual({
    kind: "waiting",
    cause: "total_differs",
    vendorWords: "vat 26.50 instead of 25.50, gross 126.50 instead of 125.50",
    record: { vendorId: "1", label: "1001", state: expect.objectContaining({ total: expect.any(String) }) },
  });
});

test("what the vendor refuses comes back by our field, its code and its words", async () => {
  const body = {
    errors: [
      { status: 400, field: "counterParty.identifier", message: "ERROR_BRN_CODE" },
      { status: 400, message: "Value of the 'depreciation' field is invalid: " },
      { status: 400, field: "invoiceRows[0].unit", message: "Value of the 'unit' field is invalid: " },
    ],
  };
  await sandbox.setFaults({ failNext: { method: "POST", path: "/invoices", status: 400, body } });
  expect(await write()).toEqual({
    kind: "rejected",
    problems: [
      {
        field: "customerBusinessId",
        cause: "business_id_invalid",
        vendorCode: "ERROR_BRN_CODE",
        vendorWords: "ERROR_BRN_CODE",
      },
      { field: null, cause: "vendor_refused", vendorWords: "Value of the 'depreciation' field is invalid:" },
      {
        field: "lines.0.unit",
        cause: "unit_unknown",
        vendorCode: "UNIT_INVALID",
        vendorWords: "Value of the 'unit' field is invalid:",
      },
    ],
  });
});

describe("a look-up", () => {
  test("finds nothing where nothing is", async () => {
    expect(await lookUp()).toBeNull();
  });

  test("finds what a cut line left behind, and tells whether it is the same", async () => {
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/invoices" } });
    await expect(write()).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await lookUp()).toEqual({
      kind: "ours",
      isSame: true,
      vendorId: "1",
      label: "1001",
      state: { total: "125.50 EUR", version: expect.any(String) },
    });
    expect(await lookUp({ row: { lines: [{ ...LINE, quantity: "3" }] } })).toMatchObject({
      kind: "ours",
      isSame: false,
    });
  });

  test("never takes another one's invoice with the same number for ours", async () => {
    const foreign = { companyId: COMPANY, originalInvoiceNumber: "1042", date: "2026-11-30" };
    await sandbox.setFaults({ addForeignInvoice: { ...foreign, name: ROW.customerName } });
    expect(await lookUp()).toEqual({
      kind: "foreign",
      vendorWords: "1001, Aapasuon Autohuolto Oy, 2026-11-30, 10.00 EUR, UNFINISHED",
    });
    await write();
    expect(await lookUp()).toMatchObject({ kind: "ours", vendorId: "2" });
    // Of the same technical user, by another connection's mark.
    expect(await lookUp({ mark: "ffffffffffff" })).toMatchObject({ kind: "foreign" });
  });
});

test("a read that fails before the invoice is sent says that nothing was sent", async () => {
  await sandbox.setFaults({ failNext: { path: "/vats/default", status: 500 } });
  await expect(write()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
});

describe("the check", () => {
  test("passes a plain invoice", () => {
    expect(check({})).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["an emoji", { message: "Kiitos 🎉" }, ["message: character_not_allowed"]],
    ["a euro sign", { message: "€ 5 – kiitos" }, []],
    ["a due date before the date", { dueDate: "2026-11-29" }, ["dueDate: date_order"]],
    ["a term of years", { dueDate: "2030-01-01" }, ["dueDate: payment_terms_invalid"]],
    ["no address to mail to", { email: undefined }, ["email: delivery_address_missing"]],
    [
      "an e-invoice without its addresses",
      { channel: "electronic_invoice", street: "Katu 1", postalCode: "00100", city: "Helsinki" },
      ["eInvoiceAddress: delivery_address_missing", "eInvoiceOperator: delivery_address_missing"],
    ],
    ["a wrong check digit", { customerBusinessId: "1234567-8" }, ["customerBusinessId: business_id_invalid"]],
    ["a right one", { customerBusinessId: "0737546-2" }, []],
    ["a foreign business id", { customerBusinessId: "SE5560360793", country: "se" }, []],
    ["a country that is none", { country: "XX" }, ["country: field_invalid"]],
    ["a foreign currency without its rate", { currency: "SEK" }, ["currencyRate: field_missing"]],
    ["totals of a cent's difference", { grossTotal: "125.51" }, []],
    ["totals that do not add up", { netTotal: "99.00", grossTotal: "125.50" }, ["netTotal: totals_disagree"]],
    [
      "a negative invoice without an original",
      { lines: [{ ...LINE, quantity: "-1" }] },
      ["creditOf: field_missing"],
    ],
    ["a credit note that is positive", { creditOf: "7" }, ["lines.0.quantity: totals_disagree"]],
  ])("of %s", (_what, row, problems) => {
    expect(check(row)).toEqual(problems);
  });
});
