import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createMailer } from "@/lib/platform/mail/send-mail";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { sign } from "./engine";
import { poll } from "./engine/engine-fixture";
import { startWorker, type Worker, type WorkerSettings } from "./start-worker";

const SIGNING_KEY = `signkey-test-${"0123456789abcdef".repeat(4)}`;
const EVENT_KEY = "an-event-key-of-the-test";

/** What an Inngest server is to a worker: it takes registrations and events. */
async function startStandIn() {
  const seen: { path: string; body: unknown; authorization: string | undefined }[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming);
    seen.push({ path: incoming.url ?? "", body, authorization: incoming.headers.authorization });
    const ids = Array.isArray(body) ? body.map((event: { id: string }) => event.id) : [];
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify(incoming.url?.startsWith("/e/") ? { ids, status: 200 } : { ok: true, status: 200 }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || "null");
}

let database: TestDatabase;
let context: WorkerContext;
let standIn: Awaited<ReturnType<typeof startStandIn>>;
let worker: Worker;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  standIn = await startStandIn();
  const settings: WorkerSettings = {
    KYTKIN_DATABASE_URL: database.urls.worker,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
    KYTKIN_ENGINE: "inngest",
    INNGEST_BASE_URL: standIn.url,
    INNGEST_SERVE_ORIGIN: "http://worker.example:3001",
    KYTKIN_WORKER_PORT: 0,
    KYTKIN_WORKER_BIND_HOST: "127.0.0.1",
  };
  worker = await startWorker(
    context,
    settings,
    createMailer({ smtpUrl: "smtp://127.0.0.1:9", from: "Kytkin <no-reply@example.com>" }),
  );
  await worker.functionServer?.registered;
  url = `http://127.0.0.1:${worker.functionServer?.port}`;
});
afterAll(async () => {
  await worker.stop();
  standIn.close();
  await database.close();
});
beforeEach(() => {
  standIn.seen.length = 0;
});

const call = {
  event: { name: "mail/queued", data: { mailId: "x" } },
  ctx: { run_id: "1", attempt: 0 },
  steps: {},
};
async function post(signature: string | undefined, body: unknown = call) {
  const headers = {
    "content-type": "application/json",
    ...(signature ? { "x-inngest-signature": signature } : {}),
  };
  const path = `${url}/api/inngest?fnId=kytkin-send-queued-mail&stepId=step`;
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

test("the functions are registered under the address at which the server reaches the worker", async () => {
  const headers = { "x-inngest-signature": sign(undefined, SIGNING_KEY, new Date()) };
  expect((await fetch(`${url}/api/inngest`, { method: "PUT", headers })).status).toBe(200);
  const [registration] = standIn.seen;
  expect(registration).toMatchObject({
    path: "/fn/register",
    authorization: expect.stringMatching(/^Bearer signkey-test-[0-9a-f]{64}$/),
    body: { url: "http://worker.example:3001/api/inngest", appName: "kytkin" },
  });
  expect(JSON.stringify(registration?.body)).toContain("kytkin-process-activation-request");
});

test("a call is answered only with a signature of ours that is younger than five minutes", async () => {
  const now = new Date();
  const tenMinutesAgo = new Date(now.getTime() - 600_000);
  expect((await post(undefined)).status).toBe(401);
  expect((await post(sign(call, `signkey-test-${"f".repeat(64)}`, now))).status).toBe(401);
  expect((await post(sign(call, SIGNING_KEY, tenMinutesAgo))).status).toBe(401);
  expect((await post(sign(call, SIGNING_KEY, now), { ...call, steps: { a: 1 } })).status).toBe(401);
  expect((await post(sign(call, SIGNING_KEY, now))).status).not.toBe(401);
});

test("nobody learns or changes anything without a signature", async () => {
  expect((await fetch(`${url}/api/inngest`)).status).toBe(401);
  expect((await fetch(`${url}/api/inngest`, { method: "PUT" })).status).toBe(401);
  expect((await fetch(`${url}/anything`)).status).toBe(404);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(standIn.seen).toEqual([]);
});

test("a body that is too long or does not say how long it is is not read", async () => {
  const post = (headers: OutgoingHttpHeaders) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${url}/api/inngest`, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on("error", reject);
      sent.flushHeaders();
    });
  expect(await post({ "content-length": 41 * 1024 * 1024 })).toBe(413);
  expect(await post({ "transfer-encoding": "chunked" })).toBe(411);
});

test("what is in the outbox goes to the server, and starts nothing here", async () => {
  await asSystem(context, "test", (tx) => enqueueEvent(tx, "mail/queued", { mailId: crypto.randomUUID() }));
  await poll(() => standIn.seen).toMatchObject([
    { path: `/e/${EVENT_KEY}`, body: [{ name: "mail/queued" }] },
  ]);
  const runs = await database.admin.sql`SELECT 1 FROM engine.runs`;
  expect(runs).toHaveLength(0);
});

test("a worker whose port is taken says so, and takes no job", async () => {
  const before = await countListeners();
  const settings: WorkerSettings = {
    KYTKIN_DATABASE_URL: database.urls.worker,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
    KYTKIN_ENGINE: "inngest",
    INNGEST_BASE_URL: standIn.url,
    INNGEST_SERVE_ORIGIN: "http://worker.example:3001",
    KYTKIN_WORKER_PORT: worker.functionServer?.port ?? 0,
    KYTKIN_WORKER_BIND_HOST: "127.0.0.1",
  };
  const second = startWorker(context, settings, { sendMail: async () => {} });
  await expect(second).rejects.toThrow(/^Port \d+ is taken by another program[\s\S]*KYTKIN_WORKER_PORT/);
  expect(await countListeners()).toBe(before);
});

/** Sessions that wait for jobs. */
async function countListeners(): Promise<number> {
  const rows = await database.admin.sql`
    select 1 from pg_stat_activity where datname = current_database() and query like 'LISTEN%'`;
  return rows.length;
}
