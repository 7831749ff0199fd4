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
import { procountor } from ".";
import { toIsoCountry } from "./countries";
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
