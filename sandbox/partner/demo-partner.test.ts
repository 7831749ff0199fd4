import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningServer, serve } from "../web/serve";
import { startDemoPartner } from "./start-demo-partner";

const REQUEST = {
  id: "0198f0aa-0000-7000-8000-000000000001",
  integration: { slug: "orders", name: "Esimerkki Orders" },
  deadlineAt: "2026-11-21T15:20:00.000Z",
  environments: [
    { environmentId: "e1", name: "Aapasuon <b>Oy</b>", businessId: "9000000-3" },
    { environmentId: "e2", name: "Mallila Oy", businessId: "9000085-5" },
  ],
};

type Call = { method: string; path: string; authorization: string | undefined; body: unknown };

/** The portal's side of the interface: it knows one code, once, and records what it is told. */
let portal: RunningServer;
let partner: RunningServer;
let calls: Call[];
let decisionStatus: number;

beforeEach(async () => {
  calls = [];
  decisionStatus = 200;
  let code: string | null = "good";
  portal = await serve(0, async (exchange) => {
    const body = await exchange.readJson();
    const { authorization } = exchange.request.headers;
    calls.push({ method: exchange.method, path: exchange.url.pathname, authorization, body });
    if (exchange.method === "GET") return exchange.sendJson(200, { activationRequest: REQUEST });
    if (exchange.method === "PUT") return exchange.sendJson(decisionStatus, { status: decisionStatus });
    const isRight = JSON.stringify(body) === JSON.stringify({ code });
    code = null;
    exchange.sendJson(isRight ? 200 : 410, isRight ? { activationRequest: REQUEST } : { error: "gone" });
  });
  partner = await startDemoPartner({ port: 0, portalUrl: portal.url, partnerApiKey: "kp_test" });
});
afterEach(async () => {
  await partner.close();
  await portal.close();
});

async function arrive(): Promise<{ url: string; cookie: string }> {
  const answer = await fetch(`${partner.url}/partner/start?code=good`, { redirect: "manual" });
  expect(answer.status).toBe(303);
  const url = new URL(answer.headers.get("location") ?? "", partner.url).href;
  return { url, cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" };
}

function submit(visit: { url: string; cookie: string }, step: string, fields: [string, string][] = []) {
  const body = new URLSearchParams(fields);
  return fetch(`${visit.url}/${step}`, { method: "POST", body, headers: { cookie: visit.cookie } });
}

function lastDecision(): unknown {
  return calls.findLast(({ method }) => method === "PUT")?.body;
}

test("the code is redeemed at once, with the partner's key, and leaves the address", async () => {
  const visit = await arrive();
  expect(visit.url).toBe(`${partner.url}/partner/requests/${REQUEST.id}`);
  expect(calls).toEqual([
    {
      method: "POST",
      path: "/api/v1/handoffs/redeem",
      authorization: "Bearer kp_test",
      body: { code: "good" },
    },
  ]);
  const page = await (await fetch(visit.url, { headers: { cookie: visit.cookie } })).text();
  expect(page).toContain("Activate Esimerkki Orders");
  expect(page).toContain("Aapasuon &lt;b&gt;Oy&lt;/b&gt;");
  expect(page).toContain(REQUEST.deadlineAt);
});

test("a code that was used says to reopen the page from the portal", async () => {
  await arrive();
  const again = await fetch(`${partner.url}/partner/start?code=good`);
  expect(again.status).toBe(410);
  expect(await again.text()).toContain("open this page from there again");
});

test("a browser that brought no code sees nothing", async () => {
  const { url } = await arrive();
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url, { headers: { cookie: "partner_visit=constructor" } })).status).toBe(404);
});

test("all can be approved", async () => {
  const answer = await submit(await arrive(), "approve");
  expect(await answer.text()).toContain("2 approved, 0 rejected");
  expect(lastDecision()).toEqual({ approve: ["e1", "e2"], reject: [] });
});

test("one can be rejected with a reason, and only with one", async () => {
  const visit = await arrive();
  const reason = "There is no contract";
  expect((await submit(visit, "reject", [["reject", "e2"]])).status).toBe(400);
  expect((await submit(visit, "reject", [["reason", reason]])).status).toBe(400);
  expect(lastDecision()).toBeUndefined();
  await submit(visit, "reject", [
    ["reject", "e2"],
    ["reason", reason],
  ]);
  expect(lastDecision()).toEqual({ approve: ["e1"], reject: [{ environmentId: "e2", reason }] });
});

test("staying silent sends nothing and says what will happen", async () => {
  const visit = await arrive();
  const page = await (await fetch(`${visit.url}/silent`, { headers: { cookie: visit.cookie } })).text();
  expect(page).toContain(`waits until ${REQUEST.deadlineAt}`);
  expect(lastDecision()).toBeUndefined();
});

test.each([
  [400, "does not understand"],
  [404, "does not know this request"],
  [409, "Another decision was recorded"],
  [410, "time to decide is over"],
])("a decision that is answered %i is explained", async (status, words) => {
  const visit = await arrive();
  decisionStatus = status;
  const answer = await submit(visit, "approve");
  expect(await answer.text()).toContain(words);
});

test("a portal that is down is said to be down", async () => {
  await portal.close();
  const answer = await fetch(`${partner.url}/partner/start?code=good`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain("The portal does not answer");
});

test("the index leads to the portal", async () => {
  expect(await (await fetch(partner.url)).text()).toContain(`href="${portal.url}"`);
});
