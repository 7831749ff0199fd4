import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { demo } from "../support/demo";
import { seeded } from "../support/integration";
import { makePerson } from "../support/person";
import { submitAll } from "../support/submit-all";
import { callApi, makeApiKey, partnerApi } from "./support/partner-api";
import { expect, test } from "./support/test";

const demoApi = () => partnerApi(demo().partnerApiKeys.demo);
const REASON = "No agreement with us.";

async function openPartnerPage(page: Page, requestId: string): Promise<string> {
  const answer = await page.request.post(`/requests/${requestId}/partner-page`, {
    headers: { origin: new URL(demo().portalUrl).origin },
  });
  expect(answer.headers()["referrer-policy"]).toBe("no-referrer");
  const code = /[?&]code=([\w-]+)/.exec(await answer.text())?.[1];
  return code ?? Promise.reject(new Error("no code in the page"));
}

test("without a key of its own nobody is let in, a signed-in browser neither", async ({ target, sql }) => {
  const cookies = await target.page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const session = cookies.find(({ name }) => name.includes("session"))?.value ?? "";
  const revoked = await makeApiKey(sql, { ofPartner: "demo", stage: "test", isRevoked: true });
  const guises: Record<string, string>[] = [
    {},
    { cookie },
    { cookie, authorization: `Bearer ${session}` },
    { cookie, authorization: "Bearer " },
    { authorization: demo().partnerApiKeys.demo },
    { authorization: `Basic ${btoa(`${demo().partnerApiKeys.demo}:`)}` },
    { authorization: `Bearer ${demo().partnerApiKeys.demo}x` },
    { authorization: `Bearer ${demo().partnerApiKeys.demo.slice(0, 20)}` },
    { authorization: `Bearer ${revoked}` },
  ];
  for (const headers of guises) {
    for (const [method, path] of [
      ["GET", `activation-requests/${target.pageRequestId}`],
      ["PUT", `activation-requests/${target.pageRequestId}`],
      ["POST", "handoffs/redeem"],
    ] as const) {
      const body = method === "GET" ? undefined : {};
      const answer = await callApi({ method, path, body, headers });
      expect(answer.status, `${method} ${JSON.stringify(Object.keys(headers))}`).toBe(401);
      for (const secret of target.secrets) expect(answer.text).not.toContain(secret);
    }
  }
});

for (const wish of [
  { ofPartner: "other", stage: "test" },
  { ofPartner: "demo", stage: "production" },
] as const) {
  test(`a ${wish.stage} key of ${wish.ofPartner === "demo" ? "the same" : "another"} partner finds nothing`, async ({
    target,
    sql,
  }) => {
    const api = partnerApi(await makeApiKey(sql, wish));
    const unknown = await api.read(randomUUID());
    const read = await api.read(target.pageRequestId);
    expect(read).toEqual(unknown);
    expect(read.status).toBe(404);
    // Whatever it says, it does not learn whether the request exists.
    const environments = await demoApi().read(target.pageRequestId);
    const approve = environments.activationRequest?.environments.map(({ environmentId }) => environmentId);
    for (const body of [{ approve, reject: [] }, { approve: [], reject: [] }, "{", {}])
      expect((await api.decide(target.pageRequestId, body)).status).toBe(404);
  });
}

test("a hand-off code is of use once, to its own partner, for ten minutes", async ({ page, sql }) => {
  const person = await makePerson("customer", 1);
  const { requestId } = await submitAll(page, seeded("page"), { person });
  const rival = partnerApi(await makeApiKey(sql, { ofPartner: "other", stage: "test" }));
  const otherStage = partnerApi(await makeApiKey(sql, { ofPartner: "demo", stage: "production" }));

  const code = await openPartnerPage(page, requestId);
  expect((await rival.redeem(code)).status).toBe(404);
  expect((await otherStage.redeem(code)).status).toBe(404);
  expect((await demoApi().redeem(`${code}x`)).status).toBe(404);
  const redeemed = await Promise.all(Array.from({ length: 5 }, () => demoApi().redeem(code)));
  expect(redeemed.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410]);
  expect(redeemed.find(({ status }) => status === 200)?.activationRequest?.id).toBe(requestId);
  expect((await rival.redeem(code)).status).toBe(404);

  const late = await openPartnerPage(page, requestId);
  await sql`update handoff_codes set expires_at = now() where request_id = ${requestId} and redeemed_at is null`;
  expect((await demoApi().redeem(late)).status).toBe(410);
  const codes = await sql<{ row: string }[]>`
    select t::text as row from handoff_codes t where request_id = ${requestId}`;
  expect(codes).toHaveLength(2);
  for (const { row } of codes) {
    expect(row).not.toContain(code);
    expect(row).not.toContain(late);
  }
});

test("a decision names exactly the request's own environments, and is answered in order", async ({
  page,
  target,
  sql,
}) => {
  const person = await makePerson("customer", 2);
  const { requestId } = await submitAll(page, seeded("page"), { person });
  const api = demoApi();
  const own =
    (await api.read(requestId)).activationRequest?.environments.map((one) => one.environmentId) ?? [];
  const [first = "", second = ""] = own;
  const others = await api.read(target.pageRequestId);
  const foreign = others.activationRequest?.environments[0]?.environmentId ?? "";
  const reject = (...ids: string[]) => ids.map((environmentId) => ({ environmentId, reason: REASON }));
  for (const [what, body] of Object.entries({
    "no JSON": "{",
    "no lists": {},
    "no id": { approve: ["1"], reject: [] },
    "no reason": { approve: [first], reject: [{ environmentId: second, reason: " " }] },
    "a long reason": { approve: [first], reject: [{ environmentId: second, reason: "x".repeat(256) }] },
    "characters that the vendor refuses": {
      approve: [first],
      reject: [{ environmentId: second, reason: "\u{1F480}" }],
    },
    "one missing": { approve: [first], reject: [] },
    "one doubled": { approve: [first, first], reject: reject(second) },
    "one both ways": { approve: [first, second], reject: reject(second) },
    "a foreign one instead": { approve: [first, foreign], reject: [] },
    "a foreign one as well": { approve: [first, second, foreign], reject: [] },
    "an unknown one": { approve: [first, second], reject: reject(randomUUID()) },
  }))
    expect((await api.decide(requestId, body)).status, what).toBe(400);
  expect((await api.read(requestId)).activationRequest?.state).toBe("awaiting_partner");
  expect((await api.decide(randomUUID(), "{")).status, "404 comes before 400").toBe(404);

  await sql`update activation_requests set deadline_at = now() where id = ${requestId}`;
  const decision = { approve: [], reject: reject(first, second) };
  expect((await api.decide(requestId, decision)).status, "past the deadline").toBe(410);
  expect((await api.decide(requestId, {})).status, "400 comes before 410").toBe(400);
  await sql`update activation_requests set deadline_at = now() + interval '10 minutes' where id = ${requestId}`;
  expect((await api.decide(requestId, decision)).status).toBe(200);
  await sql`update activation_requests set deadline_at = now() where id = ${requestId}`;
  const again = { approve: [], reject: reject(second, first) };
  expect((await api.decide(requestId, again)).status, "the same, in another order").toBe(200);
  expect((await api.decide(requestId, { approve: own, reject: [] })).status, "another one").toBe(409);
});
