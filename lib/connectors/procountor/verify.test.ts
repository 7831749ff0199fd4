import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RightAsked } from "@/lib/connectors/manifest";
import { makeProcountorContext, startTestSandbox } from "@/testing/procountor-sandbox";
import { activate } from "./activate";
import { verify } from "./verify";

const ASKED: RightAsked[] = [
  { path: "sales.salesOrGroupInvoices", level: "ALL_RIGHTS" },
  { path: "sales.salesInvoiceSearch", level: "VIEWING_RIGHTS" },
  { path: "sales.customerRegister", level: "ALL_RIGHTS" },
  { path: "sales.productRegister", level: "ALL_RIGHTS" },
];

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function activateAndVerify(companyId: number) {
  const { requestId } = await sandbox.addRequest({
    personaEmail: "accountant@example.com",
    companyIds: [companyId],
  });
  const context = makeProcountorContext(sandbox.url);
  const input = { vendorRequest: String(requestId), approve: [String(companyId)], reject: [] };
  const [key] = await activate(context, input);
  const credential = { connectionId: `connection-${companyId}`, secret: key?.secret ?? "" };
  return { context, credential, verification: await verify(context, credential, ASKED) };
}

test("a new technical user holds exactly what was asked", async () => {
  const { verification } = await activateAndVerify(15501);
  expect(verification.identity).toEqual({
    externalId: "15501",
    name: "Aapasuon Autohuolto Oy",
    businessId: "9000000-3",
    country: "FI",
  });
  expect(verification.productFit).toBe("ok");
  expect(verification.rights).toMatchObject({ missing: [], surplus: [], boundToNaturalPerson: false });
});

test("a careless manual set-up shows what is missing, too much, and that a person could log in", async () => {
  const { verification } = await activateAndVerify(15512);
  expect(verification.rights.missing).toEqual([
    { path: "sales.salesOrGroupInvoices", asked: "ALL_RIGHTS", held: "NO_ACCESS" },
  ]);
  expect(verification.rights.surplus).toEqual([
    { path: "management.usersAndUserRights", asked: null, held: "VIEWING_RIGHTS" },
  ]);
  expect(verification.rights.boundToNaturalPerson).toBe(true);
});

test("another product does not fit", async () => {
  const { verification } = await activateAndVerify(15519);
  expect(verification.productFit).toBe("wrong");
});

test("rights that changed later are found", async () => {
  await sandbox.setFaults({ technicalUserRights: { 15501: { "sales.customerRegister": "VIEWING_RIGHTS" } } });
  const { verification } = await activateAndVerify(15501);
  expect(verification.rights.missing.map(({ path, held }) => [path, held])).toContainEqual([
    "sales.customerRegister",
    "VIEWING_RIGHTS",
  ]);
});

test("a revoked key is unauthorized, cached token or not", async () => {
  const { context, credential } = await activateAndVerify(15501);
  await sandbox.setFaults({ revokeKey: { companyId: 15501 } });
  await expect(verify(context, credential, ASKED)).rejects.toMatchObject({
    kind: "unauthorized",
    answer: {
      status: 401,
      operation: "POST /oauth/token",
      messages: ["invalid_grant: The API key is not valid."],
    },
  });
});

test("a revoked key that is answered 400 is unauthorized too", async () => {
  const body = { error: "invalid_grant" };
  await sandbox.setFaults({ failNext: { method: "POST", path: "/oauth/token", status: 400, body } });
  const context = makeProcountorContext(sandbox.url);
  await expect(verify(context, { connectionId: "c", secret: "k" }, ASKED)).rejects.toMatchObject({
    kind: "unauthorized",
    answer: { status: 400 },
  });
});
