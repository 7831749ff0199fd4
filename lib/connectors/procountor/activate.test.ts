import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeProcountorContext, PROCOUNTOR_SECRETS, startTestSandbox } from "@/testing/procountor-sandbox";
import { waitFor } from "@/testing/wait-for";
import { activate } from "./activate";
import { listCustomers } from "./list-customers";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function addRequest(companyIds: number[]): Promise<string> {
  const { requestId } = await sandbox.addRequest({ personaEmail: "accountant@example.com", companyIds });
  return String(requestId);
}

async function countPuts(): Promise<number> {
  return (await sandbox.listCalls()).filter(({ method }) => method === "PUT").length;
}

/** Closed, and the client has noticed: a kept connection would leave it open whether the request went out. */
async function closeForGood(server: { url: string; close: () => Promise<void> }): Promise<void> {
  await server.close();
  await waitFor(() => expect(fetch(server.url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } }));
}

test("approved companies get their key, rejected ones the reason", async () => {
  const vendorRequest = await addRequest([15501, 15502, 15503]);
  const context = makeProcountorContext(sandbox.url);
  const keys = await activate(context, {
    vendorRequest,
    approve: ["15501", "15503"],
    reject: [{ externalId: "15502", reason: "Ei sopimusta – 0 €" }],
  });
  const users = sandbox.getState().technicalUsers.filter(({ isManaged }) => isManaged);
  expect(keys).toEqual(
    users.map(({ companyId, apiKey }) => ({ externalId: String(companyId), secret: apiKey })),
  );
  expect(keys.map(({ externalId }) => externalId)).toEqual(["15501", "15503"]);
  const [request] = sandbox.getState().requests;
  expect(request?.decision?.rejected).toEqual([{ companyId: 15502, reason: "Ei sopimusta – 0 €" }]);
  expect(await listCustomers(context)).toEqual(["15501", "15503"]);
});

test("a company that was set up by hand gives its existing key", async () => {
  const manual = sandbox.getState().technicalUsers.find(({ companyId }) => companyId === 15511);
  const vendorRequest = await addRequest([15511]);
  const keys = await activate(makeProcountorContext(sandbox.url), {
    vendorRequest,
    approve: ["15511"],
    reject: [],
  });
  expect(keys).toEqual([{ externalId: "15511", secret: manual?.apiKey }]);
});

test("a company for which the vendor makes no key is missing in the answer", async () => {
  await sandbox.setFaults({ notIssued: [15502] });
  const vendorRequest = await addRequest([15501, 15502, 15533]);
  const input = { vendorRequest, approve: ["15501", "15502", "15533"], reject: [] };
  const keys = await activate(makeProcountorContext(sandbox.url), input);
  expect(keys.map(({ externalId }) => externalId)).toEqual(["15501"]);
});

test("a decision that leaves a company out is refused", async () => {
  const vendorRequest = await addRequest([15501, 15502]);
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1, 1] });
  await expect(activate(context, { vendorRequest, approve: ["15501"], reject: [] })).rejects.toMatchObject({
    kind: "rejected",
    unsent: false,
    answer: { status: 400, operation: "PUT /integrations/{requestId}" },
  });
  expect(await countPuts()).toBe(1);
});

test.each([
  { approve: ["not a number"], reject: [] },
  { approve: [], reject: [{ externalId: "15501", reason: "нет" }] },
  { approve: [], reject: [{ externalId: "15501", reason: "x".repeat(256) }] },
])("what the vendor cannot take is not sent: %j", async (decision) => {
  const vendorRequest = await addRequest([15501]);
  const context = makeProcountorContext(sandbox.url);
  await expect(activate(context, { vendorRequest, ...decision })).rejects.toMatchObject({
    kind: "rejected",
    unsent: true,
  });
  expect(await sandbox.listCalls()).toEqual([]);
});

test("an expired request is found before anything is sent", async () => {
  const vendorRequest = await addRequest([15501]);
  await sandbox.setFaults({ expireRequest: { requestId: vendorRequest } });
  const context = makeProcountorContext(sandbox.url);
  await expect(activate(context, { vendorRequest, approve: ["15501"], reject: [] })).rejects.toMatchObject({
    kind: "expired",
    unsent: true,
  });
  expect(await countPuts()).toBe(0);
});

test("a lost answer is not repeated and not called unsent, though the effect is there", async () => {
  const vendorRequest = await addRequest([15501]);
  await sandbox.setFaults({ loseAnswerNext: { method: "PUT", path: "/integrations/*" } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1, 1] });
  await expect(activate(context, { vendorRequest, approve: ["15501"], reject: [] })).rejects.toMatchObject({
    kind: "unavailable",
    unsent: false,
    answer: { status: null },
  });
  expect(await countPuts()).toBe(1);
  expect(await listCustomers(context)).toEqual(["15501"]);
});

test.each([500, 401, 429])("a PUT that is answered %i is sent once", async (status) => {
  const vendorRequest = await addRequest([15501]);
  await sandbox.setFaults({ failNext: { method: "PUT", status } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1, 1] });
  await expect(activate(context, { vendorRequest, approve: ["15501"], reject: [] })).rejects.toMatchObject({
    unsent: false,
    answer: { status },
  });
  expect(await countPuts()).toBe(1);
});

test("a token that died is replaced by the read before the PUT", async () => {
  const context = makeProcountorContext(sandbox.url);
  await listCustomers(context);
  await sandbox.setFaults({ invalidateTokens: true });
  const vendorRequest = await addRequest([15501]);
  const keys = await activate(context, { vendorRequest, approve: ["15501"], reject: [] });
  expect(keys).toHaveLength(1);
  expect(await countPuts()).toBe(1);
});

test("a vendor that refuses connections between the read and the PUT leaves it unsent", async () => {
  const shortLived = await startTestSandbox();
  const { requestId } = await shortLived.addRequest({ personaEmail: "owner@example.com" });
  let slots = 0;
  const context = makeProcountorContext(shortLived.url, {
    // Token, read, PUT: the third slot finds the server gone.
    limiter: {
      take: async () => {
        slots += 1;
        if (slots === 3) await closeForGood(shortLived);
        return () => {};
      },
    },
  });
  await expect(
    activate(context, { vendorRequest: String(requestId), approve: ["16001"], reject: [] }),
  ).rejects.toMatchObject({
    kind: "unavailable",
    unsent: true,
    answer: { status: null, operation: "PUT /integrations/{requestId}" },
  });
});

test("a token that is refused leaves the PUT unsent", async () => {
  const vendorRequest = await addRequest([15501]);
  const context = makeProcountorContext(sandbox.url, {
    secrets: { ...PROCOUNTOR_SECRETS, m2mApiKey: "wrong" },
  });
  await expect(activate(context, { vendorRequest, approve: ["15501"], reject: [] })).rejects.toMatchObject({
    kind: "application_refused",
    unsent: true,
    answer: { operation: "POST /oauth/token" },
  });
});

test("one bad entry in the answer does not cost the other keys", async () => {
  const vendorRequest = await addRequest([15501]);
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (init?.method !== "PUT") return answer;
      const body = await answer.json();
      return Response.json({ companiesIntegrated: [{ companyId: "x" }, ...body.companiesIntegrated, null] });
    },
  });
  const keys = await activate(context, { vendorRequest, approve: ["15501"], reject: [] });
  expect(keys.map(({ externalId }) => externalId)).toEqual(["15501"]);
});
