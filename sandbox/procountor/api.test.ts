import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { companies } from "./data/companies";
import { startProcountorSandbox } from "./start-procountor-sandbox";

const OPTIONS = { port: 0, portalUrl: "http://localhost:4300", clientSecret: "secret", m2mApiKey: "key" };

type Options = Partial<Parameters<typeof startProcountorSandbox>[0]>;
type Sandbox = Awaited<ReturnType<typeof startProcountorSandbox>>;

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function start(options: Options = {}): Promise<Sandbox> {
  const sandbox = await startProcountorSandbox({ ...OPTIONS, ...options });
  cleanups.push(sandbox.close);
  return sandbox;
}

function requestToken(
  sandbox: Sandbox,
  fields: Record<string, string> = {},
  prefix = "/latest/api",
): Promise<Response> {
  const form = {
    grant_type: "client_credentials",
    client_id: "esimerkki-orders",
    client_secret: "secret",
    api_key: "key",
    ...fields,
  };
  return fetch(`${sandbox.url}${prefix}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
}

async function makeCaller(sandbox: Sandbox, apiKey = "key") {
  const { access_token: token } = await (await requestToken(sandbox, { api_key: apiKey })).json();
  return (path: string, init: RequestInit = {}) =>
    fetch(`${sandbox.url}/latest/api${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
}

async function addRequest(sandbox: Sandbox, companyIds: number[]): Promise<number> {
  const body = JSON.stringify({
    vendorIntegrationId: "esimerkki-orders",
    personaEmail: "accountant@example.com",
    companyIds,
  });
  return (await (await fetch(`${sandbox.url}/sandbox/requests`, { method: "POST", body })).json()).requestId;
}

test("every version prefix of the vendor works, an unknown one does not", async () => {
  const sandbox = await start();
  const statuses = await Promise.all(
    ["/latest/api", "/supported/api", "/v2604/api", "/api", "/v1901/api"].map(
      async (prefix) => (await requestToken(sandbox, {}, prefix)).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 200, 200, 404]);
});

test.each([
  [{ grant_type: "password" }, 400, "unsupported_grant_type"],
  [{ client_id: "nobody" }, 401, "invalid_client"],
  [{ client_secret: "wrong" }, 401, "invalid_client"],
  [{ api_key: "wrong" }, 401, "invalid_grant"],
  [{ api_key: "" }, 401, "invalid_grant"],
])("a token for %j is refused with %i", async (fields, status, error) => {
  const answer = await requestToken(await start(), fields);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error });
});

test("a key belongs to one client", async () => {
  const sandbox = await start();
  const key =
    sandbox.state.technicalUsers.find((user) => user.integrationId === "esimerkki-orders")?.apiKey ?? "";
  expect((await requestToken(sandbox, { api_key: key })).status).toBe(200);
  const other = { api_key: key, client_id: "esimerkki-reports" };
  expect((await requestToken(sandbox, other)).status).toBe(401);
});

test("logging out ends the token", async () => {
  const call = await makeCaller(await start());
  expect((await call("/status")).status).toBe(200);
  expect((await call("/logout", { method: "POST" })).status).toBe(200);
  expect((await call("/status")).status).toBe(401);
});

test.each([
  ["not json", "{"],
  ["a company missing", JSON.stringify({ approve: [15501] })],
  ["a company twice", JSON.stringify({ approve: [15501, 15501] })],
  ["a foreign company", JSON.stringify({ approve: [15501, 15599] })],
  [
    "both lists at once",
    JSON.stringify({ approve: [15501, 15502], reject: [{ companyId: 15502, reason: "x" }] }),
  ],
  [
    "a long reason",
    JSON.stringify({ approve: [15501], reject: [{ companyId: 15502, reason: "x".repeat(256) }] }),
  ],
  [
    "a reason beyond the charset",
    JSON.stringify({ approve: [15501], reject: [{ companyId: 15502, reason: "нет" }] }),
  ],
])("a decision with %s is 400 and changes nothing", async (_, body) => {
  const sandbox = await start();
  const call = await makeCaller(sandbox);
  const id = await addRequest(sandbox, [15501, 15502]);
  const answer = await call(`/integrations/${id}`, { method: "PUT", body });
  expect(answer.status).toBe(400);
  expect((await answer.json()).errors[0]).toMatchObject({ status: 400, message: expect.any(String) });
  expect((await call(`/integrations/${id}`)).status).toBe(200);
});

test("a decision is taken once; its keys are not shown again", async () => {
  const sandbox = await start();
  const call = await makeCaller(sandbox);
  const id = await addRequest(sandbox, [15501]);
  const body = JSON.stringify({ approve: [15501], reject: [] });
  const first = await call(`/integrations/${id}`, { method: "PUT", body });
  const [issued] = (await first.json()).companiesIntegrated;
  expect((await call(`/integrations/${id}`, { method: "PUT", body })).status).toBe(404);
  const asCustomer = await makeCaller(sandbox, issued.apiKey);
  expect(await (await asCustomer("/company")).json()).toMatchObject({
    id: 15501,
    productVersion: "FINANCIALS_PREMIUM",
  });
});

test("the vendor's own status page follows the request", async () => {
  const sandbox = await start();
  const call = await makeCaller(sandbox);
  const id = await addRequest(sandbox, [15501, 15502]);
  const read = async () => (await fetch(`${sandbox.url}/ui/requests/${id}`)).text();
  expect((await read()).match(/In progress/g)).toHaveLength(2);
  const body = JSON.stringify({ approve: [15501], reject: [{ companyId: 15502, reason: "No <contract>" }] });
  await call(`/integrations/${id}`, { method: "PUT", body });
  expect(await read()).toContain("Approved");
  expect(await read()).toContain("Rejected: No &lt;contract&gt;");
  expect((await fetch(`${sandbox.url}/ui/requests/1`)).status).toBe(404);
});

test("more than the limit within a second is refused and counted", async () => {
  const sandbox = await start({ requestsPerSecond: 5 });
  const call = await makeCaller(sandbox);
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await call("/status")).status));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(6);
  const stats = await (await fetch(`${sandbox.url}/sandbox/stats`)).json();
  expect(stats.clients["esimerkki-orders"]).toMatchObject({ total: 11, peakPerSecond: 5 });
  expect(stats.clients["esimerkki-orders"].refused).toBe(statuses.filter((status) => status === 429).length);
});

test("a restart keeps requests, keys and tokens; a reset forgets them", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "kytkin-sandbox-"));
  cleanups.push(() => rm(stateDir, { recursive: true, force: true }));
  const first = await start({ stateDir });
  const id = await addRequest(first, [15501]);
  const kept = structuredClone(first.state);
  await first.close();
  const second = await start({ stateDir });
  expect(second.state).toEqual(kept);
  expect((await (await makeCaller(second))(`/integrations/${id}`)).status).toBe(200);
  await fetch(`${second.url}/sandbox/reset`, { method: "POST" });
  expect(second.state.requests).toEqual([]);
});

test("faults that do not exist, and pages of other sites, are refused", async () => {
  const sandbox = await start();
  const url = `${sandbox.url}/sandbox/faults`;
  expect((await fetch(url, { method: "POST", body: '{"latency":1}' })).status).toBe(400);
  expect((await fetch(url, { method: "POST", body: '{"latencyMs":"x"}' })).status).toBe(400);
  const crossSite = { "sec-fetch-site": "cross-site" };
  expect((await fetch(url, { method: "POST", body: "{}", headers: crossSite })).status).toBe(403);
});

test("the control page carries out what its forms say", async () => {
  const sandbox = await start();
  const id = await addRequest(sandbox, [15501]);
  const act = (fields: Record<string, string>) =>
    fetch(`${sandbox.url}/sandbox/actions`, { method: "POST", body: new URLSearchParams(fields) });
  await act({ action: "expireRequest", requestId: String(id) });
  await act({ action: "revokeKey", companyId: "15511", vendorIntegrationId: "esimerkki-orders" });
  await act({ action: "failNext", method: "GET", path: "/status", status: "503", times: "1" });
  await act({ action: "settings", latencyMs: "0", requestLifetimeSeconds: "90", cap: "" });
  const page = await (await fetch(`${sandbox.url}/sandbox`)).text();
  expect(page).toContain("expired without a decision");
  expect(page).toContain("revoked");
  expect(page).toContain('value="90"');
  const call = await makeCaller(sandbox);
  expect((await call("/status")).status).toBe(503);
  expect((await call("/status")).status).toBe(200);
});

test("business ids are well formed and each company has its own", () => {
  const ids = [...companies.values()].map(({ businessId }) => businessId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    const digits = [...id.replace("-", "")].map(Number);
    const sum = [7, 9, 10, 5, 8, 4, 2, 1].reduce(
      (total, weight, index) => total + weight * (digits[index] ?? 0),
      0,
    );
    expect(sum % 11).toBe(0);
  }
});
