import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeys } from "@/db/schema";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, passDeadline, readEvents, readRequest, readStates } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { GET, PUT } from "./route";

let database: TestDatabase;
let integration: TestIntegration;
let stopWeb: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  stopWeb = startWebProcess(database);
  integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
});
afterAll(async () => {
  await stopWeb();
  await database.close();
});

type Prepared = { requestId: string; externalIds: string[]; ids: string[] };
let request: Prepared;
beforeEach(async () => {
  request = await submitTwo();
});

/** A request over two environments that waits for the partner; `ids` are their environment ids. */
async function submitTwo(of: TestIntegration = integration): Promise<Prepared> {
  const viewer = await createViewer(database);
  const { requestId } = await createRequest(database, viewer, of, { offered: freshCompanies(2) });
  const { activations } = await readRequest(database, requestId);
  return {
    requestId,
    externalIds: activations.map((one) => one.externalId),
    ids: activations.map((one) => one.environmentId),
  };
}

const URL_BASE = "https://portal.example/api/v1/activation-requests";
const contextOf = (id: string) => ({ params: Promise.resolve({ id }) });

async function read(response: Response): Promise<{ status: number; code?: string; body: string }> {
  const body = await response.text();
  return { status: response.status, code: JSON.parse(body).error?.code, body };
}

async function put(body: unknown, { id = request.requestId, key = integration.apiKey } = {}) {
  const init = {
    method: "PUT",
    headers: { authorization: `Bearer ${key}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
  return read(await PUT(new Request(`${URL_BASE}/${id}`, init), contextOf(id)));
}
async function get({ id = request.requestId, key = integration.apiKey } = {}) {
  const headers = { authorization: `Bearer ${key}` };
  return read(await GET(new Request(`${URL_BASE}/${id}`, { headers }), contextOf(id)));
}

const [REASON, OTHER_REASON] = ["Not our customer.", "Ask again."];
const approveAll = () => ({ approve: request.ids, reject: [] });
const split = (reason = REASON) => {
  const [approved, rejected] = request.ids;
  return { approve: [approved], reject: [{ environmentId: rejected, reason }] };
};

describe("who is answered", () => {
  test.each([
    ["no key", {}],
    ["another scheme", { authorization: "Basic abcdefghijklmnopqrstuvwxyz" }],
    ["an unknown key", { authorization: "Bearer abcdefghijklmnopqrstuvwxyz" }],
    ["a session's cookie", { cookie: "next-auth.session-token=abcdefghijklmnopqrstuvwxyz" }],
  ])("%s is 401, also for a request that does not exist and a malformed body", async (_, headers) => {
    const init = { method: "PUT", headers: new Headers(Object.entries(headers)), body: "not JSON" };
    const id = crypto.randomUUID();
    const answer = await read(await PUT(new Request(`${URL_BASE}/${id}`, init), contextOf(id)));
    expect(answer).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  test("a revoked key is 401 from then on", async () => {
    const partner = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
    const { requestId: id } = await submitTwo(partner);
    expect((await get({ id, key: partner.apiKey })).status).toBe(200);
    await database.admin.orm
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(eq(apiKeys.id, partner.caller.keyId));
    expect((await get({ id, key: partner.apiKey })).status).toBe(401);
  });

  test("an unknown request, another partner's and one of another stage are the same 404, before the body is looked at", async () => {
    const other = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
    const production = await createIntegration(database, {
      content: { partnerSteps: PAGE_STEPS },
      partnerId: integration.partner.id,
      stage: "production",
    });
    const ofStage = await submitTwo(production);
    const answers = await Promise.all([
      put("not JSON", { id: crypto.randomUUID() }),
      put("not JSON", { key: other.apiKey }),
      put("not JSON", { id: ofStage.requestId }),
      put(approveAll(), { id: "no-uuid" }),
      get({ key: other.apiKey }),
      get({ id: ofStage.requestId }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(new Set(answers.slice(0, 3).map(({ body }) => body)).size).toBe(1);
    expect((await get({ id: ofStage.requestId, key: production.apiKey })).status).toBe(200);
  });
});

describe("a decision", () => {
  test.each([
    ["no JSON", "{"],
    ["no lists", {}],
    ["a list of something else", { approve: [1], reject: [] }],
    ["a rejection without a reason", { approve: [], reject: [{ environmentId: crypto.randomUUID() }] }],
    ["an empty reason", { approve: [], reject: [{ environmentId: crypto.randomUUID(), reason: "  " }] }],
    [
      "a reason of 256 characters",
      { approve: [], reject: [{ environmentId: crypto.randomUUID(), reason: "x".repeat(256) }] },
    ],
    [
      "a field that is not known",
      { approve: [], reject: [{ environmentId: crypto.randomUUID(), reason: "No.", retry: true }] },
    ],
  ])("that is malformed is 400: %s", async (_, body) => {
    expect(await put(body)).toMatchObject({ status: 400, code: "invalid_input" });
    expect(Object.values(await readStates(database, request.requestId))).toEqual([
      "awaiting_partner",
      "awaiting_partner",
    ]);
  });

  test("is recorded over all environments at once", async () => {
    expect((await put(split())).status).toBe(200);
    const stored = await readRequest(database, request.requestId);
    expect(stored).toMatchObject({ state: "processing", decidedBy: `api_key:${integration.caller.keyId}` });
    expect(stored.activations).toMatchObject([
      { state: "approved", isOccupying: true, rejectionReason: null },
      { state: "rejected", isOccupying: false, rejectionReason: REASON },
    ]);
    expect(await readEvents(database, request.requestId)).toContain("activation/request.decided");
  });

  test("again is 200 in any order of its lists, past the deadline too, and is recorded once", async () => {
    const { requestId } = request;
    const [one, two] = request.ids.map((environmentId) => ({ environmentId, reason: REASON }));
    expect((await put({ approve: [], reject: [one, two] })).status).toBe(200);
    await passDeadline(database, requestId);
    expect((await put({ approve: [], reject: [two, one] })).status).toBe(200);
    expect(await readEvents(database, requestId)).toHaveLength(2);
  });

  test("that differs from the recorded one is 409, in its reasons too", async () => {
    await put(split());
    expect(await put(approveAll())).toMatchObject({ status: 409, code: "conflict" });
    expect(await put(split(OTHER_REASON))).toMatchObject({ status: 409 });
    await passDeadline(database, request.requestId);
    expect(await put(approveAll())).toMatchObject({ status: 409 });
    expect((await readRequest(database, request.requestId)).activations[1]?.rejectionReason).toBe(REASON);
  });

  test("past the deadline is 410, before and after the worker has noticed", async () => {
    await passDeadline(database, request.requestId);
    expect(await put(approveAll())).toMatchObject({ status: 410, code: "gone" });
    expect(await put({ approve: [], reject: [] })).toMatchObject({ status: 410 });
    await timeOutActivationRequest(makeWorkerContext(database), request.requestId);
    expect(await put(approveAll())).toMatchObject({ status: 410 });
    expect(Object.values(await readStates(database, request.requestId))).toEqual(["timed_out", "timed_out"]);
  });

  test("on a cancelled request is 409", async () => {
    const viewer = await createViewer(database);
    const { requestId } = await createRequest(database, viewer, integration);
    await asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    const { activations } = await readRequest(database, requestId);
    const body = { approve: activations.map((one) => one.environmentId), reject: [] };
    expect(await put(body, { id: requestId })).toMatchObject({ status: 409, code: "conflict" });
  });

  test("has to name each environment exactly once", async () => {
    const [one, two] = request.ids;
    const foreign = await submitTwo();
    const rejecting = (...ids: unknown[]) => ids.map((environmentId) => ({ environmentId, reason: REASON }));
    const wrong = [
      { approve: [], reject: [] },
      { approve: [one], reject: [] },
      { approve: [one, one], reject: [] },
      { approve: [one, two, one], reject: [] },
      { approve: [one, two], reject: rejecting(two) },
      { approve: [one], reject: rejecting(foreign.ids[0]) },
      { approve: [one, two, foreign.ids[0]], reject: [] },
      { approve: [one, crypto.randomUUID()], reject: [] },
    ];
    for (const body of wrong) expect(await put(body)).toMatchObject({ status: 400, code: "invalid_input" });
    expect((await readRequest(database, request.requestId)).state).toBe("awaiting_partner");
    expect((await put({ approve: [two], reject: rejecting(one) })).status).toBe(200);
  });

  test("gives reasons in the characters that the vendor takes, of at most 255", async () => {
    for (const reason of ["日本語", "smile 🙂", "bell \u0007", "Кириллица"])
      expect(await put(split(reason))).toMatchObject({ status: 400, code: "invalid_input" });
    const longest = `Ääkköset – “ok” €${"x".repeat(238)}`;
    expect(longest).toHaveLength(255);
    expect((await put(split(longest))).status).toBe(200);
    expect((await readRequest(database, request.requestId)).activations[1]?.rejectionReason).toBe(longest);
  });
});

test("the answer holds the submitted environments and nothing of the account", async () => {
  const { body, status } = await get();
  expect(status).toBe(200);
  const { activationRequest } = JSON.parse(body);
  expect(activationRequest).toMatchObject({
    id: request.requestId,
    state: "awaiting_partner",
    integration: { slug: integration.slug },
    environments: request.externalIds.map((externalId) => ({ externalId, state: "awaiting_partner" })),
  });
  const stored = await readRequest(database, request.requestId);
  const grantIds = stored.activations.map(({ grantId }) => grantId);
  for (const hidden of [stored.accountId, stored.submittedBy, stored.notifiedEmail, ...grantIds])
    expect(body).not.toContain(hidden);
});

test("a key that may only read is refused by name of what it lacks, and one that has expired altogether", async () => {
  const own = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
  const waiting = await submitTwo(own);
  const change = (values: Partial<typeof apiKeys.$inferInsert>) =>
    database.admin.orm.update(apiKeys).set(values).where(eq(apiKeys.id, own.caller.keyId));
  await change({ scopes: ["requests.read"] });
  const at = { id: waiting.requestId, key: own.apiKey };
  expect(await get(at)).toMatchObject({ status: 200 });
  const refused = await put({ approve: waiting.ids, reject: [] }, at);
  expect(refused).toMatchObject({ status: 403, code: "forbidden" });
  expect(refused.body).toContain("requests.decide");
  expect(await put("no JSON", at)).toMatchObject({ status: 403 });
  await change({ scopes: ["requests.decide"], expiresAt: new Date(Date.now() + 60_000) });
  expect(await put({ approve: waiting.ids, reject: [] }, at)).toMatchObject({ status: 200 });
  await change({ expiresAt: new Date(0) });
  expect(await get(at)).toMatchObject({ status: 401, code: "unauthenticated" });
});
