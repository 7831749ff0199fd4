import { afterEach, beforeEach, expect, test } from "vitest";
import { startProcountorSandbox } from "./start-procountor-sandbox";

const OPTIONS = { port: 0, portalUrl: "http://localhost:4300", clientSecret: "secret", m2mApiKey: "key" };
const INTEGRATION = "esimerkki-orders";

let sandbox: Awaited<ReturnType<typeof startProcountorSandbox>>;
beforeEach(async () => {
  sandbox = await startProcountorSandbox(OPTIONS);
});
afterEach(() => sandbox.close());

async function control(path: string, body: object) {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function addPersona(email: string, companies: number): Promise<{ id: number; name: string }[]> {
  return (await control("personas", { email, companies })).body.companies;
}

async function addRequest(personaEmail: string, more: object = {}): Promise<number> {
  return (await control("requests", { vendorIntegrationId: INTEGRATION, personaEmail, ...more })).body
    .requestId;
}

async function getToken(): Promise<string> {
  const form = {
    grant_type: "client_credentials",
    client_id: INTEGRATION,
    client_secret: "secret",
    api_key: "key",
  };
  const body = new URLSearchParams(form);
  const answer = await fetch(`${sandbox.url}/api/oauth/token`, { method: "POST", body });
  return (await answer.json()).access_token;
}

async function approve(requestId: number, companyIds: number[]): Promise<number[]> {
  const answer = await fetch(`${sandbox.url}/api/integrations/${requestId}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${await getToken()}`, "content-type": "application/json" },
    body: JSON.stringify({ approve: companyIds, reject: [] }),
  });
  const { companiesIntegrated } = await answer.json();
  return companiesIntegrated.map(({ companyId }: { companyId: number }) => companyId);
}

test("an added persona has companies of its own, which its requests cover", async () => {
  const first = await addPersona("one@example.com", 2);
  const second = await addPersona("two@example.com", 2);
  expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(4);
  expect(new Set([...first, ...second].map(({ name }) => name)).size).toBe(4);
  const requestId = await addRequest("two@example.com");
  const [request] = sandbox.state.requests;
  expect(request).toMatchObject({ id: requestId, initiator: { email: "two@example.com" } });
  expect(request?.companyIds).toEqual(second.map(({ id }) => id));
  const logIn = await (await fetch(`${sandbox.url}/ui/activate/${INTEGRATION}`)).text();
  expect(logIn).toContain("two@example.com");
});

test("a persona is not added twice", async () => {
  await addPersona("one@example.com", 1);
  expect((await control("personas", { email: "ONE@example.com", companies: 1 })).status).toBe(400);
});

test("a request may be given a lifetime of its own", async () => {
  await addPersona("one@example.com", 1);
  await addRequest("one@example.com", { lifetimeSeconds: 60 });
  const [request] = sandbox.state.requests;
  const lifetimeMs = Date.parse(request?.expiresAt ?? "") - Date.parse(request?.createdAt ?? "");
  expect(lifetimeMs).toBe(60_000);
});

test("the next key of a company is withheld, and the one after that is not", async () => {
  const [plain, keyless] = (await addPersona("one@example.com", 2)).map(({ id }) => id) as [number, number];
  await control("faults", { withholdNextKey: [keyless] });
  expect(await approve(await addRequest("one@example.com"), [plain, keyless])).toEqual([plain]);
  const again = await addRequest("one@example.com", { companyIds: [keyless] });
  expect(await approve(again, [keyless])).toEqual([keyless]);
});

test("a call that is held is carried out once it is released, and no other call waits for it", async () => {
  const [company] = (await addPersona("one@example.com", 1)).map(({ id }) => id) as [number];
  const requestId = await addRequest("one@example.com");
  const call = { method: "PUT", path: `/integrations/${requestId}` };
  await control("faults", { hold: call });
  const issued = approve(requestId, [company]);
  const free = await addPersona("two@example.com", 1);
  const others = free.map(({ id }) => id);
  expect(await approve(await addRequest("two@example.com"), others)).toEqual(others);
  expect(sandbox.state.requests.find(({ id }) => id === requestId)?.decision).toBeNull();
  await control("faults", { release: call });
  expect(await issued).toEqual([company]);
});

test("a key that is revoked as soon as it is made gives no token; afterwards faults are over", async () => {
  const [company] = await addPersona("hasty@example.com", 1);
  const id = Number(company?.id);
  await control("faults", { revokeNextKey: [id] });
  await approve(await addRequest("hasty@example.com"), [id]);
  expect(sandbox.state.technicalUsers.find(({ companyId }) => companyId === id)?.isRevoked).toBe(true);
  await control("faults", { failNext: { status: 500, times: 9 }, latencyMs: 5000 });
  expect((await control("faults", { clear: true })).body).toMatchObject({ failNext: [], latencyMs: 0 });
});
