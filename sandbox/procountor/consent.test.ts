import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startProcountorSandbox } from "./start-procountor-sandbox";

const OPTIONS = { port: 0, portalUrl: "http://localhost:4300/", clientSecret: "secret", m2mApiKey: "key" };

let sandbox: Awaited<ReturnType<typeof startProcountorSandbox>>;
beforeAll(async () => {
  sandbox = await startProcountorSandbox(OPTIONS);
});
afterEach(() => fetch(`${sandbox.url}/sandbox/reset`, { method: "POST" }));
afterAll(() => sandbox.close());

/** Sends a form as a browser would, without following the redirect. */
function submit(url: string, fields: [string, string][] = []): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

function locationOf(response: Response): string {
  return new URL(response.headers.get("location") ?? "", sandbox.url).href;
}

async function logIn(persona: string, email = "", integration = "esimerkki-orders"): Promise<string> {
  const url = `${sandbox.url}/ui/activate/${integration}`;
  const terms = locationOf(
    await submit(url, [
      ["persona", persona],
      ["email", email],
    ]),
  );
  return terms.replace(/\/terms$/, "");
}

async function setFaults(faults: object): Promise<void> {
  await fetch(`${sandbox.url}/sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
}

test("the dialog ends at the integrator, with the request's id", async () => {
  const flow = await logIn("accountant@example.com");
  expect(locationOf(await submit(`${flow}/terms`, [["accept", "yes"]]))).toBe(`${flow}/environments`);
  const picked = await submit(`${flow}/environments`, [
    ["company", "15501"],
    ["company", "15507"],
  ]);
  expect(locationOf(picked)).toBe(`${flow}/price`);
  expect(await (await fetch(`${flow}/price`)).text()).toContain("<strong>2</strong>");
  expect(await (await fetch(`${flow}/technical-user`)).text()).toContain("sales.customerRegister");
  const end = await submit(`${flow}/technical-user`);
  expect(end.status).toBe(303);
  const [request] = sandbox.state.requests;
  expect(locationOf(end)).toBe(
    `http://localhost:4300/connect/esimerkki-orders/return?requestId=${request?.id}`,
  );
  expect(request).toMatchObject({
    integrationId: "esimerkki-orders",
    initiator: { email: "accountant@example.com", fullName: "Aino Esimerkki" },
    companyIds: [15501, 15507],
    decision: null,
  });
});

test("a visitor can have his own address told to the integrator", async () => {
  const prefilled = await fetch(`${sandbox.url}/ui/activate/esimerkki-orders?email=me%40example.net`);
  expect(await prefilled.text()).toContain('value="me@example.net"');
  const flow = await logIn("owner@example.com", "me@example.net");
  await submit(`${flow}/environments`, [["company", "16001"]]);
  await submit(`${flow}/technical-user`);
  expect(sandbox.state.requests[0]?.initiator.email).toBe("me@example.net");
});

test("the accountant sees 40 companies, two of the same name, one of them closed", async () => {
  const flow = await logIn("accountant@example.com");
  const page = await (await fetch(`${flow}/environments`)).text();
  expect(page.match(/name="company"/g)).toHaveLength(40);
  expect(page.match(/> Mallila Oy/g)).toHaveLength(2);
  expect(page.match(/disabled/g)?.length).toBe(2);
});

test("who manages users nowhere has nothing to pick", async () => {
  const flow = await logIn("viewer@example.com");
  const page = await (await fetch(`${flow}/environments`)).text();
  expect(page).toContain("no environments to pick");
  expect(page).not.toContain('name="company"');
});

test.each([
  ["nothing", []],
  ["a closed environment", [["company", "15526"]]],
  ["somebody else's environment", [["company", "16001"]]],
] as [string, [string, string][]][])("%s cannot be picked", async (_, fields) => {
  const flow = await logIn("accountant@example.com");
  const answer = await submit(`${flow}/environments`, fields);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('role="alert"');
});

test("the vendor's own cap is off, and holds once it is on", async () => {
  const flow = await logIn("accountant@example.com");
  const three = ["15501", "15502", "15503"].map((id): [string, string] => ["company", id]);
  expect((await submit(`${flow}/environments`, three)).status).toBe(303);
  await setFaults({ maxSimultaneousActivations: 2 });
  const over = await submit(`${flow}/environments`, three);
  expect(over.status).toBe(400);
  expect(await over.text()).toContain("at most 2 environments");
});

test("terms that are not accepted, an unknown link and a dialog that is over", async () => {
  const flow = await logIn("owner@example.com");
  expect((await submit(`${flow}/terms`)).status).toBe(400);
  expect((await fetch(`${sandbox.url}/ui/activate/nobody`)).status).toBe(404);
  expect((await fetch(`${sandbox.url}/ui/flows/over/terms`)).status).toBe(404);
});

test("what is typed in is shown as text", async () => {
  const url = `${sandbox.url}/ui/activate/esimerkki-orders?email=${encodeURIComponent('"><script>alert(1)</script>')}`;
  const page = await (await fetch(url)).text();
  expect(page).not.toContain("<script>alert");
  expect(page).toContain("&quot;&gt;&lt;script&gt;");
});
