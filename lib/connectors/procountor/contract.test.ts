import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeContract } from "@/testing/openapi-contract";
import {
  makeProcountorContext,
  OTHER_INTEGRATOR_KEY,
  PROCOUNTOR_SECRETS,
  startTestSandbox,
} from "@/testing/procountor-sandbox";
import type { HeldKey } from "../context";
import type { Entity, VendorRecord, WriteInput } from "../entity";
import { procountor } from ".";
import { toIsoCountry } from "./countries";
import { customers } from "./entities/customers";
import { products } from "./entities/products";
import { salesInvoices } from "./entities/sales-invoices";
import { rightsCatalogue } from "./rights-catalogue";

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
const file = `${folder}/procountor-26.04.json`;
const isDocumentHere = existsSync(file);

test("the vendor's document is here, or its whole folder is not and the contract is left out", () => {
  if (!isDocumentHere) process.stderr.write(`Procountor contract left out: ${file} is not there\n`);
  // A folder of documents without this one is a mistake, not a clone without them.
  expect(existsSync(folder)).toBe(isDocumentHere);
});

describe.runIf(isDocumentHere)("Procountor API 26.04", () => {
  const document = isDocumentHere ? JSON.parse(readFileSync(file, "utf8")) : {};
  const contract = makeContract(document);
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  beforeEach(async () => {
    contract.seen.length = 0;
    await sandbox.reset();
  });
  afterAll(() => sandbox.close());

  const makeContext = (secrets = PROCOUNTOR_SECRETS) =>
    makeProcountorContext(sandbox.url, { secrets, fetch: contract.watch(fetch) });

  async function addRequest(companyIds: number[]): Promise<string> {
    const { requestId } = await sandbox.addRequest({ personaEmail: "accountant@example.com", companyIds });
    return String(requestId);
  }

  test("every verb, from the request to the rights", async () => {
    const context = makeContext();
    const vendorRequest = await addRequest([15501, 15502]);
    await procountor.consent.read(context, vendorRequest);
    const [key] = await procountor.consent.decide(context, {
      vendorRequest,
      approve: ["15501"],
      reject: [{ externalId: "15502", reason: "Ei sopimusta" }],
    });
    await procountor.consent.listCustomers(context);
    await procountor.verify(context, { connectionId: "c", secret: key?.secret ?? "" }, []);
    expect(contract.seen).toEqual([
      "GET /integrations/{requestId} 200",
      "GET /integrations/{requestId} 200",
      "PUT /integrations/{requestId} 200",
      "GET /integrations/{integrationId}/customers 200",
      "GET /company 200",
      "GET /users/rights 200",
    ]);
  });

  test("every refusal that the document names", async () => {
    const context = makeContext();
    const vendorRequest = await addRequest([15501]);
    await expect(procountor.consent.read(context, "42")).rejects.toMatchObject({ kind: "not_found" });
    await expect(
      procountor.consent.decide(context, { vendorRequest, approve: ["15501", "15502"], reject: [] }),
    ).rejects.toMatchObject({ kind: "rejected" });
    const foreign = makeContext({ ...PROCOUNTOR_SECRETS, m2mApiKey: OTHER_INTEGRATOR_KEY });
    await expect(procountor.consent.listCustomers(foreign)).rejects.toMatchObject({ kind: "forbidden" });
    await sandbox.setFaults({ expireRequest: { requestId: vendorRequest } });
    await expect(procountor.consent.read(context, vendorRequest)).rejects.toMatchObject({ kind: "expired" });
    expect(contract.seen).toEqual([
      "GET /integrations/{requestId} 404",
      "GET /integrations/{requestId} 200",
      "PUT /integrations/{requestId} 400",
      "GET /integrations/{integrationId}/customers 403",
      "GET /integrations/{requestId} 410",
    ]);
  });

  test("what the stand-in answers besides", async () => {
    const watched = contract.watch(fetch);
    const context = makeProcountorContext(sandbox.url);
    await procountor.consent.listCustomers(context);
    const [token] = Object.keys(sandbox.getState().tokens);
    const headers = { authorization: `Bearer ${token}` };
    await watched(`${sandbox.url}/latest/api/status`, { headers });
    await watched(`${sandbox.url}/latest/api/sessioninfo`, { headers });
    await watched(`${sandbox.url}/latest/api/company`, { headers });
    expect(contract.seen).toEqual(["GET /status 200", "GET /sessioninfo 200", "GET /company 403"]);
  });

  test("an answer or request that differs does fail", async () => {
    const wrong = contract.watch(async () => Response.json({ status: "FINE" }));
    await expect(wrong(`${sandbox.url}/latest/api/status`)).rejects.toThrow(/GET \/status 200/);
    const put = contract.watch(async () => Response.json({}));
    const body = JSON.stringify({ approve: ["15501"] });
    const url = `${sandbox.url}/latest/api/integrations/1`;
    await expect(put(url, { method: "PUT", body })).rejects.toThrow(/PUT \/integrations\/\{requestId\} body/);
  });

  describe("what entities send and are answered", () => {
    const COMPANY = 15501;
    async function deliver(entity: Entity, rows: object[]): Promise<string[]> {
      const rights = Object.fromEntries(
        ["salesOrGroupInvoices", "salesInvoiceSearch", "customerRegister", "productRegister"].map((leaf) => [
          `sales.${leaf}`,
          "ALL_RIGHTS",
        ]),
      );
      await sandbox.setFaults({ technicalUserRights: { [COMPANY]: rights } });
      const secret = await sandbox.addKey({ companyId: COMPANY });
      const key: HeldKey = { subject: { kind: "connection", connectionId: "c" }, secret };
      let written: VendorRecord | null = null;
      contract.seen.length = 0;
      for (const row of rows) {
        const input: WriteInput = {
          row: entity.schema.parse(row),
          settings: entity.settings.parse({}),
          written,
          findWritten: async () => null,
          isUnderWay: async () => false,
          mark: "0123456789ab",
        };
        const context = makeContext();
        await entity.lookUp(context, key, input);
        const result = await entity.write(context, key, input);
        if (result.kind === "written") written = { vendorId: result.vendorId, label: result.label };
        await entity.lookUp(context, key, { ...input, written: null });
        await entity.hasEnded?.(context, key, "period_closed", input);
        const listed = await entity.compare?.list(context, key, new Date(0));
        // What a list tells of a record is what its write was answered with.
        if (listed && result.kind === "written")
          expect(listed).toContainEqual({
            vendorId: result.vendorId,
            label: result.label,
            state: result.state,
          });
      }
      return contract.seen;
    }

    const ADDRESS = { street: "Katu 1", postalCode: "00100", city: "Helsinki", country: "FI" };
    const E_INVOICE = { eInvoiceAddress: "003707375462", eInvoiceOperator: "003721291126" };

    test("of invoices, with every field", async () => {
      const line = {
        ...{ product: "Hall", productCode: "H-1", quantity: "2", unit: "HOUR", unitPrice: "50.00" },
        ...{ discountPercent: "10", vatPercent: "25.5", comment: "Kiitos" },
      };
      const invoice = {
        ...{ invoiceNumber: "1042", date: "2026-11-30", dueDate: "2026-12-14", customerNumber: "1001" },
        ...{ customerName: "Esimerkki Oy", customerBusinessId: "0737546-2", contactPerson: "Matti" },
        ...{ ...ADDRESS, ...E_INVOICE, email: "laskut@example.com", channel: "ELECTRONIC_INVOICE" },
        ...{ language: "FINNISH", currency: "SEK", currencyRate: "11.2", reference: "1232" },
        ...{ orderReference: "PO 7", message: "Hei", lines: [line] },
      };
      const seen = await deliver(salesInvoices, [invoice, { ...invoice, message: "Moi" }]);
      expect(new Set(seen)).toEqual(
        new Set([
          ...["GET /invoices 200", "GET /vats/default 200", "POST /invoices 200", "GET /sessioninfo 200"],
          ...["GET /invoices/{invoiceId} 200", "PUT /invoices/{invoiceId} 200", "GET /fiscalyears 200"],
        ]),
      );
      const bad = { ...invoice, invoiceNumber: "1043", currencyRate: "11.2", reference: undefined };
      await sandbox.setFaults({ closedUntil: { [COMPANY]: "2026-11-30" } });
      expect(await deliver(salesInvoices, [bad])).toContain("POST /invoices 400");
    });

    test("of customers, with every field", async () => {
      const customer = {
        ...{ customerNumber: "1001", name: "Esimerkki Oy", businessId: "0737546-2", contactPerson: "Matti" },
        ...{ ...ADDRESS, ...E_INVOICE, email: "laskut@example.com", phone: "+358 40 000 0000" },
        ...{ channel: "ELECTRONIC_INVOICE", language: "FINNISH", currency: "EUR", paymentTermDays: "14" },
      };
      const changed = { ...customer, city: "Espoo", country: "SE", businessId: "SE5560360793" };
      expect(new Set(await deliver(customers, [customer, changed]))).toEqual(
        new Set([
          ...["GET /businesspartners 200", "POST /businesspartners 200"],
          ...["GET /businesspartners/{id} 200", "PUT /businesspartners/{id} 200"],
        ]),
      );
    });

    test("of products, with every field", async () => {
      const product = {
        ...{ code: "H-1", name: "Hall", unit: "HOUR", unitPrice: "50.00", currency: "EUR" },
        ...{ discountPercent: "10", vatPercent: "25.5", account: "3000" },
      };
      const seen = await deliver(products, [product, { ...product, unitPrice: "55.00" }]);
      expect(new Set(seen)).toEqual(
        new Set([
          ...["GET /products 200", "GET /vats/default 200", "POST /products 200"],
          ...["GET /products/{productId} 200", "PUT /products/{productId} 200"],
        ]),
      );
      expect(await deliver(products, [{ ...product, code: "H-2", account: "9999" }])).toContain(
        "POST /products 400",
      );
    });
  });

  test("the rights catalogue is the document's", () => {
    const { schemas } = document.components;
    const groups = Object.entries<{ allOf: { $ref: string }[] }>(schemas.UserPermissions.properties);
    const documented = groups.flatMap(([group, { allOf }]) => {
      const leaves: Record<string, { type: string; enum?: string[] }> =
        schemas[allOf[0]?.$ref.split("/").pop() ?? ""].properties;
      return Object.entries(leaves).map(([leaf, { type, enum: levels }]) => ({
        path: `${group}.${leaf}`,
        levels: type === "boolean" ? ["false", "true"] : [...(levels ?? [])].sort(),
      }));
    });
    const ours = rightsCatalogue.map(({ path, levels }) => ({ path, levels: [...levels].sort() }));
    const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
    expect(ours.sort(byPath)).toEqual(documented.sort(byPath));
  });

  test("every country of the document has an ISO code", () => {
    const names: string[] = document.components.schemas.Company.properties.country.enum;
    const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    expect(names.filter((name) => !regions.of(toIsoCountry(name) ?? "ZZ"))).toEqual([]);
    expect(names.filter((name) => toIsoCountry(name) === null)).toEqual([]);
    expect(toIsoCountry("FINLAND")).toBe("FI");
    expect(toIsoCountry("constructor")).toBeNull();
  });
});
