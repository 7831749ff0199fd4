import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startPowerOfficeSandbox } from "..";

const OPTIONS = {
  port: 0,
  portalUrl: "https://portal.example",
  applicationKey: "5f0f6f7a-3c59-4d0e-9d7c-6d1c6ad2a001",
  subscriptionKey: "subscription-key",
};
const RETURN_URL = "https://portal.example/connect/esimerkki-go-invoices/return?state=ours";
type Sandbox = Awaited<ReturnType<typeof startPowerOfficeSandbox>>;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startPowerOfficeSandbox(OPTIONS);
});
afterEach(() => control("reset"));
afterAll(() => sandbox.close());

const control = (path: string, body: object = {}) =>
  fetch(`${sandbox.url}/sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });

async function initiate(on = sandbox, key = OPTIONS.subscriptionKey): Promise<Response> {
  return fetch(`${on.url}/Demo/v2/Onboarding/Initiate`, {
    method: "POST",
    headers: { "ocp-apim-subscription-key": key },
    body: JSON.stringify({ ApplicationKey: OPTIONS.applicationKey, RedirectUri: RETURN_URL }),
  });
}
async function openDialog(): Promise<string> {
  return (await (await initiate()).json()).TemporaryUrl;
}
/** Sends a form of the dialog; gives where the browser is sent. */
async function send(address: string, form: Record<string, string>): Promise<URL> {
  const body = new URLSearchParams(form);
  const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "about:blank", sandbox.url);
}
const logIn = async (email: string) => send(await openDialog(), { user: email });
const statusOf = (url: URL) => url.searchParams.get("status");

test("the way through the dialog ends at the integrator, with its query and a token", async () => {
  const clients = await logIn("owner@example.com");
  const page = await (await fetch(clients)).text();
  expect(page).toContain("Eierens Egen Bedrift AS");
  const [, client = ""] = /name="client" value="([^"]+)"/.exec(page) ?? [];
  const returned = await send(clients.href, { client, answer: "accept" });
  expect(returned.href.startsWith(RETURN_URL)).toBe(true);
  expect(statusOf(returned)).toBe("Success");
  expect(returned.searchParams.get("token")).toMatch(/^[\w-]{90,}$/);
  expect(sandbox.state.integrations).toEqual([]);
});

test("every other way out has its status", async () => {
  expect(statusOf(await logIn("viewer@example.com"))).toBe("NoClientAccess");
  const clients = await logIn("accountant@example.com");
  const page = await (await fetch(clients)).text();
  const blocked = /value="([^"]+)">\s*Stengt Port AS/.exec(page)?.[1] ?? "";
  expect(statusOf(await send(clients.href, { client: blocked, answer: "accept" }))).toBe(
    "IntegrationBlocked",
  );
  const again = await logIn("owner@example.com");
  expect(statusOf(await send(again.href, { answer: "cancel" }))).toBe("Canceled");
});

test("an address is of use once, and for a while", async () => {
  const clients = await logIn("owner@example.com");
  await send(clients.href, { answer: "cancel" });
  expect((await fetch(clients)).status).toBe(404);
  await control("faults", { onboardingLifetimeSeconds: 0 });
  expect((await fetch(await openDialog())).status).toBe(404);
});

test("an accountant sees all 25 clients", async () => {
  const page = await (await fetch(await logIn("accountant@example.com"))).text();
  expect(page.match(/type="checkbox"/g)).toHaveLength(25);
});

test("the gateway refuses another subscription key, and what goes over the limit", async () => {
  expect((await initiate(sandbox, "another")).status).toBe(401);
  const strict = await startPowerOfficeSandbox({ ...OPTIONS, requestsPerSecond: 1 });
  try {
    expect((await initiate(strict)).status).toBe(200);
    const refused = await initiate(strict);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({
      statusCode: "429",
      message: "Rate limit is exceeded. Try again in 1 seconds.",
    });
  } finally {
    await strict.close();
  }
});

test("a restart forgets nothing", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "kytkin-go-"));
  try {
    const before = await startPowerOfficeSandbox({ ...OPTIONS, stateDir });
    const address = new URL((await (await initiate(before)).json()).TemporaryUrl);
    await before.close();
    const after = await startPowerOfficeSandbox({ ...OPTIONS, stateDir });
    expect((await fetch(`${after.url}${address.pathname}${address.search}`)).status).toBe(200);
    await after.close();
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
});

test("another site's page cannot press the buttons", async () => {
  const answer = await fetch(`${sandbox.url}/sandbox/reset`, {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(answer.status).toBe(403);
});

test("a private integration is added by hand with its application key, and no other", async () => {
  const page = await (await fetch(`${sandbox.url}/sandbox`)).text();
  const [, client = ""] = /<option value="([^"]+)"/.exec(page) ?? [];
  const add = async (applicationKey: string) => {
    const body = new URLSearchParams({ addByHand: client, applicationKey });
    return (await fetch(`${sandbox.url}/sandbox/actions`, { method: "POST", body })).text();
  };
  expect(await add("5f0f6f7a-3c59-4d0e-9d7c-000000000000")).toContain("No integration has this");
  expect(sandbox.state.integrations).toEqual([]);
  const shown = await add(OPTIONS.applicationKey);
  expect(sandbox.state.integrations).toMatchObject([{ clientId: client, isActive: true }]);
  expect(shown).toContain(sandbox.state.integrations[0]?.clientKey);
});
