import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HeldKey } from "@/lib/connectors/context";
import { driveEntity, recordOf } from "@/testing/fixtures/entity";
import { makeProcountorContext, startTestSandbox } from "@/testing/procountor-sandbox";
import { toCountryName } from "../countries";
import { customers } from "./customers";
import { products } from "./products";

const COMPANY = 15501;
const CUSTOMER = { customerNumber: "1001", name: "Aapasuon Autohuolto Oy", email: "laskut@example.com" };
const PRODUCT = { code: "RENGAS", name: "Renkaanvaihto", unitPrice: "45.00" };

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let customer: ReturnType<typeof driveEntity>;
let product: ReturnType<typeof driveEntity>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  const rights = { "sales.customerRegister": "ALL_RIGHTS", "sales.productRegister": "ALL_RIGHTS" };
  await sandbox.setFaults({ technicalUserRights: { [COMPANY]: rights } });
  const secret = await sandbox.addKey({ companyId: COMPANY });
  const key: HeldKey = { subject: { kind: "connection", connectionId: "c" }, secret };
  const context = makeProcountorContext(sandbox.url);
  customer = driveEntity(customers, CUSTOMER, { context, key });
  product = driveEntity(products, PRODUCT, { context, key });
});
afterAll(() => sandbox.close());

test("a code with two names is the one that it says: Britain is not Northern Ireland", () => {
  expect(toCountryName("GB")).toBe("UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND");
  expect(toCountryName("FI")).toBe("FINLAND");
  expect(toCountryName("XX")).toBeNull();
});

const newest = (register: "partners" | "products") => sandbox.getState()[register].at(-1)?.body;
const listChanges = async () =>
  (await sandbox.listCalls())
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
    .map(({ method, path }) => `${method} ${path.replace(/\d+$/, "{id}")}`);

describe("a customer", () => {
  test("is made with what the settings say of new ones", async () => {
    const row = { businessId: "0737546-2", street: "Katu 1", postalCode: "00100", city: "Helsinki" };
    const settings = { paymentTermDays: "30", language: "SWEDISH" };
    expect(await customer.write({ row, settings })).toEqual({
      kind: "written",
      wasCreated: true,
      vendorId: "301",
      label: "1001",
    });
    expect(newest("partners")).toMatchObject({
      type: "CUSTOMER",
      name: "Aapasuon Autohuolto Oy",
      address: { name: "Aapasuon Autohuolto Oy", street: "Katu 1", country: "FINLAND" },
      invoicingInfo: {
        customerNumber: "1001",
        identifier: "0737546-2",
        identifierType: "YHD",
        invoiceChannel: "EMAIL",
        language: "SWEDISH",
      },
      paymentInfo: { paymentMethod: "BANK_TRANSFER", paymentTermDays: "30", currency: "EUR" },
    });
  });

  test("is changed with all that a person added there, and not at all when nothing differs", async () => {
    const written = recordOf(await customer.write());
    const there = newest("partners");
    Object.assign(there ?? {}, {
      invoicingInfo: {
        ...(there?.invoicingInfo ?? {}),
        invoiceChannel: "MAIL",
        sellerReferenceIdentifier: "S",
      },
    });
    const change = { row: { phone: "+358 40 000 0000" }, written };
    expect(await customer.write(change)).toEqual({ kind: "written", wasCreated: false, ...written });
    expect(newest("partners")).toMatchObject({
      registryInfo: { active: true, phone: "+358 40 000 0000" },
      invoicingInfo: { invoiceChannel: "MAIL", sellerReferenceIdentifier: "S", email: "laskut@example.com" },
      paymentInfo: { paymentTermDays: "14" },
    });
    await customer.write(change);
    expect(await listChanges()).toEqual(["POST /businesspartners", "PUT /businesspartners/{id}"]);
  });

  test("that the vendor refuses comes back by our field", async () => {
    const body = {
      errors: [{ status: 400, field: "invoicingInfo.identifier", message: "ERROR_BRN_CODE" }],
    };
    await sandbox.setFaults({ failNext: { method: "POST", path: "/businesspartners", status: 400, body } });
    expect(await customer.write()).toMatchObject({
      kind: "rejected",
      problems: [{ field: "businessId", cause: "business_id_invalid", vendorCode: "ERROR_BRN_CODE" }],
    });
  });

  test("that a cut line left behind is found, also when it was renamed or made inactive there", async () => {
    expect(await customer.lookUp()).toBeNull();
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/businesspartners" } });
    await expect(customer.write()).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await customer.lookUp()).toEqual({ kind: "ours", isSame: true, vendorId: "301", label: "1001" });
    Object.assign(newest("partners") ?? {}, { name: "Toinen Oy", registryInfo: { active: false } });
    expect(await customer.lookUp()).toMatchObject({ kind: "ours", isSame: false });
  });

  test("of another one is never taken for ours, unless the customer chose that", async () => {
    const fields = { type: "CUSTOMER", name: "Toinen Oy", invoicingInfo: { customerNumber: "1001" } };
    await sandbox.setFaults({ addForeignPartner: { companyId: COMPANY, fields } });
    expect(await customer.lookUp()).toEqual({ kind: "foreign", vendorWords: "1001, Toinen Oy" });
    expect(await customer.lookUp({ settings: { takeOverExisting: "YES" } })).toMatchObject({ kind: "ours" });
    // The same counterparty, made by an earlier connection.
    expect(await customer.lookUp({ row: { name: "Toinen Oy" } })).toMatchObject({ kind: "ours" });
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["a plain one", {}, []],
    ["no address to mail to", { email: undefined }, ["email: delivery_address_missing"]],
    [
      "an e-invoice without its address",
      { channel: "electronic_invoice", eInvoiceOperator: "003721291126" },
      ["eInvoiceAddress: delivery_address_missing"],
    ],
    ["a wrong check digit", { businessId: "1234567-8" }, ["businessId: business_id_invalid"]],
    ["a country that is none", { country: "XX" }, ["country: field_invalid"]],
    ["an emoji", { name: "Hei 🎉 Oy" }, ["name: character_not_allowed"]],
  ])("check of %s", (_what, row, problems) => {
    expect(customer.check({ row })).toEqual(problems);
  });
});

describe("a product", () => {
  test("is made with what the settings say of new ones", async () => {
    const settings = { vatPercent: "14", account: "3000" };
    expect(await product.write({ settings })).toMatchObject({ wasCreated: true, label: "RENGAS" });
    expect(newest("products")).toMatchObject({
      ...{ type: "SALES", code: "RENGAS", name: "Renkaanvaihto", price: 45, discount: 0, active: true },
      ...{ vat: 14, unit: "PIECE", currency: "EUR", defaultAccount: "3000" },
    });
  });

  test("is changed with what a person set there", async () => {
    const written = recordOf(await product.write());
    Object.assign(newest("products") ?? {}, { productGroupId: 7, vat: 14 });
    expect(await product.write({ row: { unitPrice: "50" }, written })).toMatchObject({ wasCreated: false });
    expect(newest("products")).toMatchObject({ price: 50, productGroupId: 7, vat: 14 });
  });

  test("is refused for a rate or an account that the company does not have", async () => {
    expect(await product.write({ row: { vatPercent: "23" } })).toEqual({
      kind: "rejected",
      problems: [{ field: "vatPercent", cause: "vat_unknown", vendorWords: "0, 10, 13.5, 14, 24, 25.5" }],
    });
    expect(await product.write({ row: { account: "9999" } })).toMatchObject({
      kind: "rejected",
      problems: [{ field: "account", cause: "account_unknown", vendorCode: "DEFAULTACCOUNT_INVALID" }],
    });
  });

  test("that a cut line left behind is found, and never one whose code only holds the same letters", async () => {
    const fields = { type: "SALES", code: "RENGAS-2", name: "Toinen", price: 1 };
    await sandbox.setFaults({ addForeignProduct: { companyId: COMPANY, fields } });
    expect(await product.lookUp()).toBeNull();
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/products" } });
    await expect(product.write()).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    expect(await product.lookUp()).toMatchObject({ kind: "ours", isSame: true });
    expect(await product.lookUp({ row: { unitPrice: "1.00" } })).toEqual({
      kind: "foreign",
      vendorWords: "RENGAS, Renkaanvaihto, 45",
    });
    const settings = { takeOverExisting: "YES" };
    expect(await product.lookUp({ row: { unitPrice: "1.00" }, settings })).toMatchObject({
      kind: "ours",
      isSame: false,
    });
  });

  test("of more than 200 with such a code is found on a later page", async () => {
    for (let number = 0; number < 201; number += 1)
      await sandbox.setFaults({
        addForeignProduct: { companyId: COMPANY, fields: { type: "SALES", code: `RENGAS-${number}` } },
      });
    await product.write();
    expect(await product.lookUp()).toMatchObject({ kind: "ours", isSame: true });
  });

  test("check of a discount of more than all", () => {
    expect(product.check({ row: { discountPercent: "101" } })).toEqual(["discountPercent: field_invalid"]);
  });
});

test("a read that fails before anything is sent says that nothing was sent", async () => {
  await sandbox.setFaults({ failNext: { path: "/vats/default", status: 500 } });
  await expect(product.write()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
});
