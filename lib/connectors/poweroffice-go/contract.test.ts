import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeContract, type OpenApiDocument } from "@/testing/openapi-contract";
import { keyOf, makePowerOfficeContext, RETURN_URL, startTestSandbox } from "@/testing/poweroffice-sandbox";
import type { Entity, VendorRecord, WriteInput } from "../entity";
import { powerofficeGo } from ".";
import { customers } from "./entities/customers";
import { products } from "./entities/products";
import { salesOrders } from "./entities/sales-orders";
import { rightsCatalogue } from "./rights-catalogue";

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
const files = {
  api: `${folder}/poweroffice-go-v2.json`,
  token: `${folder}/poweroffice-token.json`,
  roles: `${folder}/poweroffice-endpoints-and-roles.csv`,
};
const areDocumentsHere = Object.values(files).every((file) => existsSync(file));

test("the vendor's documents are here, or their whole folder is not and the contract is left out", () => {
  if (!areDocumentsHere)
    process.stderr.write(`PowerOffice Go contract left out: ${files.api} is not there\n`);
  expect(existsSync(folder)).toBe(areDocumentsHere);
});

/** The document of the API and that of tokens as one, with the field that is newer than the document. */
function readDocument(): OpenApiDocument {
  const read = (file: string): OpenApiDocument => JSON.parse(readFileSync(file, "utf8"));
  const [api, token] = [read(files.api), read(files.token)];
  const schemas = { ...api.components.schemas, ...token.components.schemas };
  const information = schemas.ClientIntegrationInformationDto;
  Object.assign(information?.properties ?? {}, { AllowSendInvoice: { type: "boolean" } });
  // The value of a patch's operation is what the field takes (RFC 6902); the document says that it is an object.
  Object.assign(schemas.Operation?.properties ?? {}, { value: {} });
  // Listed with its role and described by its schema; the document at hand holds a part of the paths.
  const vatCodes = { type: "array", items: { $ref: "#/components/schemas/VatCodeDto" } };
  const listed = { "200": { content: { "application/json": { schema: vatCodes } } }, "204": {} };
  const paths = {
    ...api.paths,
    "/OAuth/Token": token.paths["/Token"] ?? {},
    "/VatCodes": { get: { responses: listed } },
  };
  return { paths, components: { schemas } };
}

describe.runIf(areDocumentsHere)("PowerOffice Go API v2", () => {
  const document = areDocumentsHere ? readDocument() : { paths: {}, components: { schemas: {} } };
  const contract = makeContract(document, /^\/Demo(?:\/v2)?/);
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());
  const makeContext = () => makePowerOfficeContext(sandbox.url, { fetch: contract.watch(fetch) });

  async function onboard(): Promise<string> {
    const context = makeContext();
    const { url } = await powerofficeGo.consent.requestAddress(context, RETURN_URL);
    const callback = await sandbox.consent(url.href, "owner@example.com");
    const { keys } = await powerofficeGo.consent.redeem(context, callback.searchParams.get("token") ?? "");
    return keys[0]?.secret ?? "";
  }

  test("every verb, from the address to the removal", async () => {
    contract.seen.length = 0;
    const context = makeContext();
    const secret = await onboard();
    await powerofficeGo.verify(context, { connectionId: "c", secret }, []);
    await powerofficeGo.consent.giveBack(context, keyOf(secret, "c"));
    expect(contract.seen).toEqual([
      "POST /Onboarding/Initiate 200",
      "POST /Onboarding/Finalize 200",
      "POST /OAuth/Token 200",
      "GET /ClientIntegrationInformation 200",
    ]);
  });

  test("every refusal", async () => {
    contract.seen.length = 0;
    const context = makeContext();
    const elsewhere = new URL("https://elsewhere.example/return");
    const rejected = { kind: "rejected" };
    await expect(powerofficeGo.consent.requestAddress(context, elsewhere)).rejects.toMatchObject({
      kind: "application_refused",
    });
    await expect(powerofficeGo.consent.redeem(context, "never-given")).rejects.toMatchObject(rejected);
    await expect(powerofficeGo.consent.giveBack(context, keyOf("none"))).resolves.toBe("given_back");
    expect(contract.seen).toEqual([
      "POST /Onboarding/Initiate 400",
      "POST /Onboarding/Finalize 400",
      "POST /OAuth/Token 400",
      // The application proves itself before the key is said to have ended.
      "POST /Onboarding/Initiate 200",
    ]);
  });

  test("the registers that a check before submission reads, empty ones as 204", async () => {
    const context = makeContext();
    const secret = await onboard();
    const rights = ["CommonServices", "Product", "Customer"].map((path) => ({ path, level: "Read" }));
    const needs = { rights, customerNumbers: null, deliversBy: ["email", "ehf"] };
    contract.seen.length = 0;
    await powerofficeGo.consent.preflight(context, keyOf(secret), {
      ...needs,
      productCodes: ["A-1", "A-99"],
    });
    await powerofficeGo.consent.preflight(context, keyOf(secret), { ...needs, productCodes: ["B-1"] });
    const reads = (products: number) => [
      "POST /OAuth/Token 200",
      "GET /ClientIntegrationInformation 200",
      "GET /SubLedgerNumberSeries 200",
      `GET /Products ${products}`,
      "GET /Customers 200",
      "GET /OrganizationSettings 200",
    ];
    expect(contract.seen).toEqual([...reads(200), ...reads(204)]);
  });

  /** What an entity's verbs send and are answered, for rows and settings that name all that there is. */
  async function deliver(entity: Entity, rows: { row: object; settings?: object }[]) {
    const secret = await onboard();
    const key = keyOf(secret);
    let written: VendorRecord | null = null;
    contract.seen.length = 0;
    for (const { row, settings = {} } of rows) {
      const context = makeContext();
      const input: WriteInput = {
        row: entity.schema.parse(row),
        settings: entity.settings.parse(settings),
        written,
        findWritten: async () => null,
        isUnderWay: async () => false,
        mark: "0123456789ab",
      };
      await entity.lookUp(context, key, input);
      const result = await entity.write(context, key, input);
      expect(result).toMatchObject({ kind: "written" });
      if (result.kind === "written") written = { vendorId: result.vendorId, label: result.label };
      await entity.lookUp(context, key, { ...input, written });
      const listed = await entity.compare?.list(context, key, new Date(0));
      // What a list tells of a record is what its write was answered with.
      if (listed && result.kind === "written")
        expect(listed).toContainEqual({
          vendorId: result.vendorId,
          label: result.label,
          state: result.state,
        });
    }
    return contract.seen.filter((call) => !call.startsWith("POST /OAuth"));
  }

  test("a customer that is made and changed, with every field", async () => {
    const row = {
      customerId: "shop-7",
      number: "10700",
      name: "Fjellrype Friluft AS",
      organizationNumber: "923609016",
      email: "faktura@example.com",
      phone: "22 00 00 00",
      street: "Storgata 1",
      street2: "Oppgang B",
      postalCode: "0155",
      city: "Oslo",
      country: "NO",
      deliveryType: "EHF",
      paymentTermDays: "14",
      currency: "EUR",
      isVatFree: "YES",
    };
    const person = { customerId: "shop-8", firstName: "Ola", lastName: "Prøve", email: "ola@example.com" };
    const settings = { numberSeries: "Kunder", paymentTermDays: "30" };
    const seen = await deliver(customers, [
      { row },
      { row: { ...row, street: "Storgata 2", isVatFree: "NO" } },
    ]);
    expect(seen.filter((call) => !call.startsWith("GET"))).toEqual([
      "POST /Customers 201",
      "PATCH /Customers/{id} 200",
    ]);
    expect(await deliver(customers, [{ row: person, settings }])).toContain("POST /Customers 201");
  });

  test("a product of a group that is made, then changed", async () => {
    const row = {
      code: "B-7",
      name: "Dekkskift",
      productGroup: "B",
      description: "Fire hjul",
      type: "SERVICE",
      unit: "HUR",
      unitPrice: "450.00",
      unitCost: "120.50",
      gtin: "7038010000000",
    };
    const settings = { groups: "B: 3010, 31, HUR", createGroups: "YES" };
    const changed = { row: { ...row, unitPrice: "500" }, settings: { ...settings, groups: "B: 3100" } };
    const seen = await deliver(products, [{ row, settings }, changed]);
    expect(seen).toEqual(
      expect.arrayContaining([
        "GET /GeneralLedgerAccounts 200",
        "GET /ProductGroups 204",
        "POST /ProductGroups 201",
        "POST /Products 200",
        "PATCH /Products/{id} 200",
      ]),
    );
  });

  test("an order that is made, changed line by line, and sent", async () => {
    const line = { productCode: "A-1", quantity: "2", unitPrice: "50.00", vatPercent: "25" };
    const row = {
      orderNumber: "1042",
      date: "2026-11-30",
      deliveryDate: "2026-12-01",
      customerNumber: "10000",
      currency: "EUR",
      paymentTermDays: "14",
      customerReference: "Kari",
      purchaseOrderReference: "PO 7",
      grossTotal: "125.00",
      lines: [{ ...line, unit: "EA", discountPercent: "0" }, { description: "Takk for handelen" }],
    };
    const changed = {
      ...row,
      grossTotal: undefined,
      customerReference: undefined,
      lines: [
        { ...line, quantity: "3" },
        { ...line, productCode: "A-2", discountPercent: "10" },
        { description: "Slutt" },
      ],
    };
    const shorter = { ...changed, lines: changed.lines.slice(0, 1) };
    const seen = await deliver(salesOrders, [{ row }, { row: changed }, { row: shorter }]);
    expect(seen).toEqual(
      expect.arrayContaining([
        "POST /SalesOrders/Complete 201",
        "GET /SalesOrders/{id}/Complete 200",
        "PATCH /SalesOrders/{id} 200",
        "PATCH /SalesOrders/{id}/Lines/{lineId} 200",
        "POST /SalesOrders/{id}/Lines 201",
        "DELETE /SalesOrders/{id}/Lines/{lineId} 200",
        "GET /PaymentTerms 200",
        "GET /VatCodes 200",
        "GET /OutgoingInvoices 204",
      ]),
    );
    const [clientId = ""] = sandbox.listActive().slice(-1);
    const [order] = sandbox.getState().books[clientId]?.salesOrders ?? [];
    await sandbox.setFaults({ sendOrder: { clientId, orderId: order?.Id } });
    contract.seen.length = 0;
    await salesOrders.lookUp(makeContext(), keyOf(await onboard()), {
      row: salesOrders.schema.parse(shorter),
      settings: salesOrders.settings.parse({}),
      written: null,
      findWritten: async () => null,
      isUnderWay: async () => false,
      mark: "0123456789ab",
    });
    expect(contract.seen).toContain("GET /OutgoingInvoices 200");
  });

  test("what Go refuses", async () => {
    const key = keyOf(await onboard());
    const refuse = async (entity: Entity, row: object) =>
      entity.write(makeContext(), key, {
        row: entity.schema.parse(row),
        settings: entity.settings.parse({}),
        written: null,
        findWritten: async () => null,
        isUnderWay: async () => false,
        mark: "0123456789ab",
      });
    contract.seen.length = 0;
    const customer = { customerId: "a", name: "En AS", email: "en@example.com", currency: "XTS" };
    expect(await refuse(customers, customer)).toMatchObject({ kind: "rejected" });
    const line = { productCode: "A-1", quantity: "1", unitPrice: "1" };
    const order = { orderNumber: "7", date: "2026-11-30", customerNumber: "10000", lines: [line] };
    expect(await refuse(salesOrders, { ...order, currency: "XTS" })).toMatchObject({ kind: "rejected" });
    expect(contract.seen).toEqual(
      expect.arrayContaining(["POST /Customers 400", "POST /SalesOrders/Complete 400"]),
    );
  });

  test("every role of the catalogue is one that an endpoint asks for", () => {
    const csv = readFileSync(files.roles, "utf8");
    const known = new Set(csv.split(/[\s",]+/));
    const roles = rightsCatalogue
      .filter(({ path }) => path !== "AllowSendInvoice")
      .flatMap(({ path, levels }) => levels.map((level) => (level === "Full" ? `${path}_Full` : path)));
    expect(roles.filter((role) => !known.has(role))).toEqual([]);
  });
});
