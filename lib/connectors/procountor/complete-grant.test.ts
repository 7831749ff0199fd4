import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  makeProcountorContext,
  OTHER_INTEGRATOR_KEY,
  PROCOUNTOR_SECRETS,
  startTestSandbox,
} from "@/testing/procountor-sandbox";
import { completeGrant } from "./complete-grant";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test("a request becomes candidates, with what the customer agreed to share", async () => {
  const { requestId, callbackUrl } = await sandbox.addRequest({
    personaEmail: "accountant@example.com",
    initiatorEmail: "stranger@example.net",
    companyIds: [15501, 15502],
  });
  expect(callbackUrl).toBe(`http://localhost:4300/connect/esimerkki-orders/return?requestId=${requestId}`);
  const before = Date.now();
  const reading = await completeGrant(makeProcountorContext(sandbox.url), String(requestId));
  expect(reading).toMatchObject({
    vendorRequest: String(requestId),
    isOfOtherIntegration: false,
    initiator: { email: "stranger@example.net", name: "Aino Esimerkki" },
  });
  expect(reading.candidates[0]).toEqual({
    externalId: "15501",
    name: "Aapasuon Autohuolto Oy",
    businessId: "9000000-3",
    country: "FI",
    accountingOffice: "Tilitoimisto Esimerkki Oy",
    rights: "full",
    existing: "unknown",
    productFit: "unknown",
  });
  expect(reading.candidates.map(({ externalId }) => externalId)).toEqual(["15501", "15502"]);
  expect(reading.expiresAt.getTime()).toBeGreaterThan(before + 50 * 60_000);
});

test("an expired request is said to be expired, in the vendor's own words", async () => {
  const { requestId } = await sandbox.addRequest({ personaEmail: "owner@example.com" });
  await sandbox.setFaults({ expireRequest: { requestId } });
  await expect(completeGrant(makeProcountorContext(sandbox.url), String(requestId))).rejects.toMatchObject({
    kind: "expired",
    answer: {
      status: 410,
      messages: ["Integration request has expired."],
      operation: "GET /integrations/{requestId}",
    },
  });
});

test("an unknown request, and another integrator's, are not found", async () => {
  const context = makeProcountorContext(sandbox.url);
  await expect(completeGrant(context, "42")).rejects.toMatchObject({
    kind: "not_found",
    answer: { status: 404 },
  });
  const { requestId } = await sandbox.addRequest({ personaEmail: "owner@example.com" });
  const foreign = makeProcountorContext(sandbox.url, {
    secrets: { ...PROCOUNTOR_SECRETS, m2mApiKey: OTHER_INTEGRATOR_KEY },
  });
  await expect(completeGrant(foreign, String(requestId))).rejects.toMatchObject({ kind: "not_found" });
});

test("an id that is no number never reaches the vendor", async () => {
  const context = makeProcountorContext(sandbox.url);
  await expect(completeGrant(context, "1/../2")).rejects.toMatchObject({ kind: "not_found", unsent: true });
  expect(await sandbox.listCalls()).toEqual([]);
});

test("a customer's key may not read requests", async () => {
  const { requestId } = await sandbox.addRequest({ personaEmail: "owner@example.com" });
  const customerKey = sandbox.getState().technicalUsers[0]?.apiKey ?? "";
  const context = makeProcountorContext(sandbox.url, {
    secrets: { ...PROCOUNTOR_SECRETS, m2mApiKey: customerKey },
  });
  await expect(completeGrant(context, String(requestId))).rejects.toMatchObject({ kind: "forbidden" });
});

test("an expiry that nobody can read is taken to be near, and an identity number is not kept", async () => {
  const companiesToIntegrate = [
    {
      companyId: 7,
      extraInfo: { country: "NEW_LAND", businessIdentifier: { brnType: "HETU", code: "010101-123N" } },
    },
    { companyId: 8 },
  ];
  await sandbox.setFaults({ failNext: { method: "GET", status: 300 } });
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (answer.status !== 300) return answer;
      return Response.json({ integrationId: 5, expires: "soon", companiesToIntegrate });
    },
  });
  const reading = await completeGrant(context, "1");
  expect(reading.isOfOtherIntegration).toBe(true);
  expect(reading.initiator).toEqual({ email: null, name: null });
  expect(reading.candidates).toMatchObject([
    { externalId: "7", businessId: null, country: null, name: null },
    { externalId: "8", businessId: null },
  ]);
  expect(reading.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60 * 60_000);
  expect(reading.expiresAt.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000);
});

const READABLE = { companyId: 71, extraInfo: { companyName: "Kahvila\u0000 Oy", country: "FINLAND" } };

/** What is read of a request that names these companies. */
async function readCompanies(companiesToIntegrate: unknown[]) {
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) =>
      String(url).includes("/integrations/")
        ? Response.json({ integrationId: 5, companiesToIntegrate, initiator: 7 })
        : await fetch(url, init),
  });
  return completeGrant(context, "1");
}

test("a company that cannot be read is left out and named, and costs none of the others", async () => {
  const { candidates, leftOut } = await readCompanies([
    READABLE,
    { companyId: "72" },
    { companyId: null, extraInfo: { companyName: "Ilman\u200b tunnusta Oy" } },
    { companyId: -4, extraInfo: "odd" },
    "odd",
    { companyId: 73, extraInfo: { companyName: { odd: true }, businessIdentifier: [] } },
  ]);
  expect(candidates.map(({ externalId, name }) => [externalId, name])).toEqual([
    ["71", "Kahvila Oy"],
    ["72", null],
    ["73", null],
  ]);
  expect(leftOut).toEqual(["Ilman tunnusta Oy", "-4", "?"]);
});

test("whatever stands beside a company that can be read, it is offered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (others) => {
      const { candidates } = await readCompanies([...others, READABLE]);
      expect(candidates).toContainEqual(expect.objectContaining({ externalId: "71", name: "Kahvila Oy" }));
    }),
    { numRuns: 50 },
  );
});
