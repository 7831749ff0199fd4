import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import { keyOf, makePowerOfficeContext, RETURN_URL, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { makeTokenSource } from "@/testing/token-source";
import { powerofficeGo } from ".";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

/** Keys of the accountant's clients, by name. */
let keys: Map<string, string>;
/** Shared by the checks of a test, as the product's is: a token outlives a check. */
let tokens = makeTokenSource();
beforeEach(async () => {
  await sandbox.reset();
  tokens = makeTokenSource();
  const context = makePowerOfficeContext(sandbox.url);
  const { url } = await powerofficeGo.consent.requestAddress(context, RETURN_URL);
  const callback = await sandbox.consent(url.href, "accountant@example.com");
  const granted = await powerofficeGo.consent.redeem(context, callback.searchParams.get("token") ?? "");
  keys = new Map(granted.keys.map(({ name, secret }) => [name ?? "", secret]));
});

const NEEDS: PreflightNeeds = {
  rights: [
    { path: "Customer", level: "Full" },
    { path: "Product", level: "Full" },
    { path: "CommonServices", level: "Read" },
  ],
  productCodes: ["A-1", "A-2", "A-3", "A-99"],
  customerNumbers: null,
  deliversBy: ["email"],
};

function check(client: string, needs: Partial<PreflightNeeds> = {}): Promise<Finding[]> {
  const key = keys.get(client);
  if (!key) throw new Error(`no key of ${client}`);
  return powerofficeGo.consent.preflight(makePowerOfficeContext(sandbox.url, { tokens }), keyOf(key), {
    ...NEEDS,
    ...needs,
  });
}
const finding = (code: Finding["code"], subjects: string[], rest: Partial<Finding> = {}) => ({
  code,
  subjects,
  isBlocking: true,
  found: [],
  answer: null,
  ...rest,
});

const PLAIN = "Bjørkelia Bakeri AS";
const TWO_SERIES = "Tindved Trafikk AS";

test("a client that has everything", async () => {
  expect(await check(PLAIN)).toEqual([]);
});

test("numbers that no series covers, and what the series are: read, never assumed", async () => {
  const found = ["10000–19999"];
  expect(await check(PLAIN, { customerNumbers: { from: 15_000, to: 15_500 } })).toEqual([]);
  expect(await check(PLAIN, { customerNumbers: { from: 19_990, to: 20_010 } })).toEqual([
    finding("numbers_outside_series", ["20000–20010"], { found }),
  ]);
});

test("a second series covers its numbers too; a client outside ELMA is no sender of EHF", async () => {
  expect(await check(TWO_SERIES, { customerNumbers: { from: 50_000, to: 50_999 } })).toEqual([]);
  expect(await check(TWO_SERIES, { deliversBy: ["email", "ehf"] })).toEqual([
    finding("ehf_not_registered", ["ELMA"]),
  ]);
});

test("products that are missing, and one without an account", async () => {
  expect(await check("Tyttebær Tømrer AS")).toEqual([
    finding("product_missing", ["A-3", "A-99"]),
    finding("product_without_account", ["A-2"]),
  ]);
  expect(await check("Tyttebær Tømrer AS", { productCodes: null })).toEqual([]);
});

test("a customer who gets invoices by e-mail and has no address is worth knowing, and no more", async () => {
  expect(await check("Skogstjerne Snekkeri AS")).toEqual([
    finding("email_missing", ["Prøvekunde AS"], { isBlocking: false }),
  ]);
});

test("a module that is missing, without what follows from it", async () => {
  expect(await check("Solvik Småbåt AS")).toEqual([
    finding("module_missing", ["Customer", "Product"], { found: ["TimeTracking"] }),
  ]);
});

test("a privilege that the application lost, even while an older token still has it", async () => {
  await check(PLAIN);
  await sandbox.setFaults({ withheldPrivileges: ["Product_Full"] });
  expect(await check(PLAIN)).toEqual([finding("privilege_missing", ["Product"])]);
});

test("the vendor's own words, when it refuses a read that should be allowed", async () => {
  const body = { title: "Closed period", detail: "Products are being moved." };
  await sandbox.setFaults({ failNext: { path: "/Products", status: 400, body } });
  const [refused, ...others] = await check(PLAIN);
  expect(others).toEqual([]);
  expect(refused).toMatchObject({ code: "refused", isBlocking: false, subjects: ["Products"] });
  expect(refused?.answer?.messages).toEqual(["Closed period: Products are being moved."]);
});

test("passing trouble and a client that was removed are the caller's to tell", async () => {
  await sandbox.setFaults({ failNext: { path: "/Customers", status: 503 } });
  await expect(check(PLAIN)).rejects.toMatchObject({ kind: "unavailable" });
  const { integrations } = sandbox.getState();
  const clientId = integrations.find(({ clientKey }) => clientKey === keys.get(PLAIN))?.clientId;
  await sandbox.setFaults({ removeInGo: clientId });
  await expect(check(PLAIN)).rejects.toMatchObject({ kind: "disconnected" });
});
