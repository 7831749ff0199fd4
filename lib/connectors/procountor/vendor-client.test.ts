import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ConnectorError } from "@/lib/connectors/errors";
import { makeProcountorContext, PROCOUNTOR_SECRETS, startTestSandbox } from "@/testing/procountor-sandbox";
import { listCustomers } from "./list-customers";

const CUSTOMERS = "GET /integrations/{integrationId}/customers";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function listCalls(): Promise<string[]> {
  return (await sandbox.listCalls()).map(({ method, path, status }) => `${method} ${path} ${status}`);
}

test("a read is repeated after the given delays while the vendor fails", async () => {
  await sandbox.setFaults({ failNext: { method: "GET", status: 500, times: 2 } });
  const startedAt = performance.now();
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [30, 60] });
  expect(await listCustomers(context)).toEqual([]);
  // Timers may fire a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(88);
  const path = "/integrations/esimerkki-orders/customers";
  expect(await listCalls()).toEqual([
    "POST /oauth/token 200",
    `GET ${path} 500`,
    `GET ${path} 500`,
    `GET ${path} 200`,
  ]);
});

test("when the delays are used up, the last failure stands", async () => {
  await sandbox.setFaults({ failNext: { method: "GET", status: 503, times: 9 } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1] });
  await expect(listCustomers(context)).rejects.toMatchObject({
    kind: "unavailable",
    answer: { status: 503, messages: ["Failed on purpose."], operation: CUSTOMERS },
  });
  expect(await listCalls()).toHaveLength(3);
});

test("a lost answer of a read is made good by reading again", async () => {
  await sandbox.setFaults({ loseAnswerNext: { method: "GET" } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1] });
  expect(await listCustomers(context)).toEqual([]);
});

test.each([
  [400, "rejected"],
  [403, "forbidden"],
  [404, "not_found"],
  [410, "expired"],
  [302, "unexpected"],
] as const)("%i is %s and is not repeated", async (status, kind) => {
  await sandbox.setFaults({ failNext: { method: "GET", status } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1, 1] });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind, answer: { status } });
  expect(await listCalls()).toHaveLength(2);
});

test("401 drops the token and reads once more with a new one, then gives up", async () => {
  await sandbox.setFaults({ failNext: { method: "GET", status: 401 } });
  expect(await listCustomers(makeProcountorContext(sandbox.url))).toEqual([]);
  await sandbox.reset();
  await sandbox.setFaults({ failNext: { method: "GET", status: 401, times: 9 } });
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1, 1] });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "application_refused" });
  expect((await listCalls()).map((call) => call.split(" ")[0])).toEqual(["POST", "GET", "POST", "GET"]);
});

test("403 with a token from the cache is asked once more with a new one; with a new one it stands", async () => {
  const context = makeProcountorContext(sandbox.url);
  await listCustomers(context);
  await sandbox.setFaults({ failNext: { method: "GET", status: 403 } });
  expect(await listCustomers(context)).toEqual([]);
  await sandbox.setFaults({ failNext: { method: "GET", status: 403, times: 9 } });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "forbidden" });
  const calls = (await listCalls()).map((call) => call.split(" ")[0]);
  expect(calls).toEqual(["POST", "GET", "GET", "POST", "GET", "GET", "POST", "GET"]);
});

test("a token is used again until it dies", async () => {
  const context = makeProcountorContext(sandbox.url);
  await listCustomers(context);
  await listCustomers(context);
  expect((await listCalls()).filter((call) => call.startsWith("POST"))).toHaveLength(1);
});

test("the vendor's own limit is rate_limited, with its pause when it names one", async () => {
  const strict = await startTestSandbox({ requestsPerSecond: 1 });
  const overLimit = listCustomers(makeProcountorContext(strict.url));
  await expect(overLimit).rejects.toMatchObject({ kind: "rate_limited", retryAfterSeconds: undefined });
  await strict.close();
  await sandbox.setFaults({ failNext: { method: "GET", status: 429, retryAfterSeconds: 7 } });
  await expect(listCustomers(makeProcountorContext(sandbox.url))).rejects.toMatchObject({
    kind: "rate_limited",
    isRetriable: true,
    retryAfterSeconds: 7,
  });
});

test("a pause that the vendor names is kept; one of an hour is left to the caller", async () => {
  await sandbox.setFaults({ failNext: { method: "GET", status: 429, retryAfterSeconds: 1 } });
  const startedAt = performance.now();
  const context = makeProcountorContext(sandbox.url, { retryDelaysMs: [1] });
  expect(await listCustomers(context)).toEqual([]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  await sandbox.setFaults({ failNext: { method: "GET", status: 429, retryAfterSeconds: 3600 } });
  await expect(listCustomers(context)).rejects.toMatchObject({ retryAfterSeconds: 3600 });
});

test("an answer of another shape is unexpected, and the log says where it differs", async () => {
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      return init?.method === "GET" ? Response.json([{ companyId: "secret-in-a-wrong-place" }]) : answer;
    },
  });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "unexpected", answer: { status: 200 } });
  expect(context.logged.join("\n")).not.toContain("secret-in-a-wrong-place");
  expect(context.logged.some((line) => line.includes("documented shape"))).toBe(true);
});

test.each([
  [{ companyId: 1, integrationVersionStatus: "APPROVED" }, ["1"]],
  [{ results: [{ companyId: 1 }, { companyId: 2 }] }, ["1", "2"]],
])("customers may come as %j", async (body, expected) => {
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) => (init?.method === "GET" ? Response.json(body) : fetch(url, init)),
  });
  expect(await listCustomers(context)).toEqual(expected);
});

test("a page of a longer list is not taken for the list", async () => {
  const body = { results: [{ companyId: 1 }], meta: { totalCount: 2 } };
  const context = makeProcountorContext(sandbox.url, {
    fetch: async (url, init) => (init?.method === "GET" ? Response.json(body) : fetch(url, init)),
  });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "unexpected" });
});

test("a full limiter stops the call before it is sent", async () => {
  const full = new ConnectorError("unavailable", {
    status: null,
    messages: [],
    operation: "limiter",
    at: "",
  });
  const limiter = { take: () => Promise.reject(full) };
  const context = makeProcountorContext(sandbox.url, { limiter });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "unavailable", unsent: true });
  expect(await listCalls()).toEqual([]);
});

test("a caller that gave up sends nothing", async () => {
  const context = makeProcountorContext(sandbox.url, {
    signal: AbortSignal.abort(),
    retryDelaysMs: [60_000],
  });
  await expect(listCustomers(context)).rejects.toMatchObject({ kind: "unavailable", unsent: true });
  expect(await listCalls()).toEqual([]);
});

test("no secret is in what is kept of an error, or in the log", async () => {
  const context = makeProcountorContext(sandbox.url);
  await listCustomers(context);
  const [token] = Object.keys(sandbox.getState().tokens);
  const secrets = [...Object.values(PROCOUNTOR_SECRETS), token ?? "no token"];
  const body = { errors: [{ status: 403, message: `refused ${secrets.join(" ")}` }] };
  await sandbox.setFaults({ failNext: { method: "GET", status: 403, body, times: 2 } });
  const error: unknown = await listCustomers(context).catch((reason: unknown) => reason);
  if (!(error instanceof ConnectorError)) throw error;
  expect(error.answer.messages).toEqual(["refused [redacted] [redacted] [redacted]"]);
  const kept = [JSON.stringify(error), error.message, ...context.logged].join("\n");
  for (const secret of secrets) expect(kept).not.toContain(secret);
});
