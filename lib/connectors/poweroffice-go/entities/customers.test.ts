import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordOf } from "@/testing/fixtures/entity";
import { makeGoEntity } from "@/testing/fixtures/go-entity";
import { type PowerOfficeTestSandbox, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { customers } from "./customers";

const ROW = { customerId: "shop-7", name: "Fjellrype Friluft AS", email: "faktura@example.com" };
const ADDRESS = { street: "Storgata 1", postalCode: "0155", city: "Oslo" };

let sandbox: PowerOfficeTestSandbox;
let go: Awaited<ReturnType<typeof makeGoEntity>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  go = await makeGoEntity(sandbox, customers, ROW);
});
afterAll(() => sandbox.close());

const newest = () => go.books().customers.at(-1);

test("a customer is made with the sender's id, numbered by Go, and invoices go by e-mail", async () => {
  const result = await go.write({ row: ADDRESS });
  expect(result).toMatchObject({ kind: "written", wasCreated: true, label: "10001" });
  expect(newest()).toMatchObject({
    Id: Number(recordOf(result).vendorId),
    ExternalImportReference: "shop-7",
    Name: "Fjellrype Friluft AS",
    IsPerson: false,
    InvoiceDeliveryType: "PdfByEmail",
    InvoiceEmailAddress: "faktura@example.com",
    CurrencyCode: "NOK",
    MailAddress: { AddressLine1: "Storgata 1", ZipCode: "0155", City: "Oslo", CountryCode: "NO" },
  });
});

test("settings of the connection are for new customers", async () => {
  const settings = { deliveryType: "EHF", paymentTermDays: "30", currency: "EUR", numberSeries: "Kunder" };
  const result = await go.write({ row: { organizationNumber: "923 609 016" }, settings });
  expect(newest()).toMatchObject({
    InvoiceDeliveryType: "EHF",
    PaymentTermId: 502,
    CurrencyCode: "EUR",
    Number: 10_001,
  });
  // A person chose another way of delivery in Go: a later row that names none leaves it.
  Object.assign(newest() ?? {}, { InvoiceDeliveryType: "Print" });
  const change = { row: { organizationNumber: "923609016", phone: "22 00 00 00" }, settings };
  await go.write({ ...change, written: recordOf(result) });
  expect(newest()).toMatchObject({ InvoiceDeliveryType: "Print", PhoneNumber: "22 00 00 00" });
});

test("a change names only what differs, and leaves what the row does not have", async () => {
  const written = recordOf(await go.write({ row: { ...ADDRESS, phone: "1" } }));
  const row = { ...ADDRESS, street: "Storgata 2", email: "ny@example.com" };
  expect(await go.write({ row, written })).toEqual({ kind: "written", wasCreated: false, ...written });
  expect(newest()).toMatchObject({
    PhoneNumber: "1",
    InvoiceEmailAddress: "ny@example.com",
    MailAddress: { AddressLine1: "Storgata 2", City: "Oslo" },
  });
  await go.write({ row, written });
  expect((await go.listChanges()).map((call) => call.replace(/\d+$/, "{id}"))).toEqual([
    "POST /Customers",
    "PATCH /Customers/{id}",
  ]);
});

test("a number has to be inside a series of the client", async () => {
  expect(await go.write({ row: { number: "20000" } })).toEqual({
    kind: "rejected",
    problems: [{ field: "number", cause: "number_outside_series", vendorWords: "10000–19999" }],
  });
  expect(await go.write({ row: { number: "10500" } })).toMatchObject({ label: "10500" });
});

test("what settings name in Go has to be there", async () => {
  expect(await go.write({ settings: { paymentTermDays: "15" } })).toEqual({
    kind: "rejected",
    problems: [{ field: "paymentTermDays", cause: "payment_terms_invalid", vendorWords: "14, 30" }],
  });
  expect(await go.write({ settings: { numberSeries: "Nettbutikk" } })).toMatchObject({
    problems: [{ cause: "number_outside_series", vendorWords: "Nettbutikk: Kunder" }],
  });
  expect(await go.listChanges()).toEqual([]);
});

test.each<[string, string, object]>([
  [
    "ExternalImportReference is already in use. 'ABC123' is used on (contact) Id = 123456789.",
    "Customer validation error(s)",
    { kind: "waiting", cause: "number_in_use" },
  ],
  [
    "Currency with code = 'XTS' is not active.",
    "Customer validation error(s)",
    {
      kind: "rejected",
      problems: [
        {
          field: "currency",
          cause: "currency_unknown",
          vendorCode: "CURRENCY_NOT_ACTIVE",
          vendorWords: "Customer validation error(s): Currency with code = 'XTS' is not active.",
        },
      ],
    },
  ],
  [
    "Department with code = 'Avdeling10' not found.",
    "Customer validation error(s)",
    { kind: "rejected", problems: [{ field: null, cause: "vendor_refused" }] },
  ],
])("Go's %s is read by its sentence", async (detail, title, outcome) => {
  const body = { title, status: 400, detail };
  await sandbox.setFaults({ failNext: { method: "POST", path: "/Customers", status: 400, body } });
  expect(await go.write()).toMatchObject(outcome);
});

describe("a look-up", () => {
  test("finds nothing where nothing is", async () => {
    expect(await go.lookUp({ row: { number: "10500" } })).toBeNull();
  });

  test("finds what a cut line left behind, and tells whether it is the same", async () => {
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/Customers" } });
    await expect(go.write({ row: ADDRESS })).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await go.lookUp({ row: ADDRESS })).toMatchObject({ kind: "ours", isSame: true, label: "10001" });
    const changed = { row: { ...ADDRESS, paymentTermDays: "30" } };
    expect(await go.lookUp(changed)).toMatchObject({ kind: "ours", isSame: false });
    // Renamed in Go: our mark tells that it is ours.
    Object.assign(newest() ?? {}, { Name: "Renamed AS" });
    expect(await go.lookUp({ row: ADDRESS })).toMatchObject({ kind: "ours", isSame: false });
  });

  test("takes another one's customer with the sender's id or number for ours only when it may", async () => {
    const fields = { Number: 10_500, Name: "Annen Kunde AS", ExternalImportReference: "shop-7" };
    await sandbox.setFaults({ addForeignCustomer: { clientId: go.clientId, fields } });
    expect(await go.lookUp()).toEqual({ kind: "foreign", vendorWords: "10500, Annen Kunde AS" });
    const row = { customerId: "shop-8", number: "10500" };
    expect(await go.lookUp({ row })).toMatchObject({ kind: "foreign" });
    const settings = { takeOverExisting: "YES" };
    expect(await go.lookUp({ row, settings })).toMatchObject({ kind: "ours", isSame: false, label: "10500" });
  });

  test("knows a customer of an earlier connection by its counterparty", async () => {
    await go.write({ row: ADDRESS });
    expect(await go.lookUp({ row: ADDRESS, mark: "ffffffffffff" })).toMatchObject({ kind: "ours" });
  });
});

test("a read that fails before anything is sent says so", async () => {
  await sandbox.setFaults({ failNext: { path: "/SubLedgerNumberSeries", status: 500 } });
  await expect(go.write()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
  await sandbox.setFaults({ failNext: { method: "POST", path: "/Customers", status: 429 } });
  await expect(go.write()).rejects.toMatchObject({ kind: "rate_limited" });
});

test.each<[string, Record<string, unknown>, string[]]>([
  ["a plain customer", {}, []],
  ["no name at all", { name: undefined }, ["name: field_missing"]],
  ["half a person", { name: undefined, firstName: "Ola" }, ["lastName: field_missing"]],
  ["a person", { name: undefined, firstName: "Ola", lastName: "Prøve" }, []],
  ["both a company and a person", { firstName: "Ola" }, ["name: field_invalid"]],
  ["half an address", { street: "Storgata 1" }, ["postalCode: field_missing", "city: field_missing"]],
  ["no address to mail to", { email: undefined }, ["email: delivery_address_missing"]],
  ["paper", { email: undefined, deliveryType: "print" }, []],
  ["EHF without a number", { deliveryType: "ehf" }, ["organizationNumber: delivery_address_missing"]],
  ["a wrong check digit", { organizationNumber: "923609017" }, ["organizationNumber: business_id_invalid"]],
  ["a foreign number", { organizationNumber: "SE5560360793", country: "se" }, []],
])("the check of %s", (_what, row, problems) => {
  expect(go.check({ row })).toEqual(problems);
});
