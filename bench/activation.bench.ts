import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { vendorCalls } from "@/db/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import type { TestIntegration } from "@/testing/fixtures/integration";
import { makeWorkerProcess, type ProductProcess } from "@/testing/fixtures/process";
import { makeProcessEnv } from "@/testing/fixtures/process-env";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { decideAsPartner, type TestSandbox } from "@/testing/fixtures/vendor-world";
import { createSandboxIntegration, makeWorkerContext } from "@/testing/fixtures/worker";
import { type MailCatcher, startMailCatcher } from "@/testing/mail-catcher";
import { startTestSandbox } from "@/testing/procountor-sandbox";
import { waitFor } from "@/testing/wait-for";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";

const REQUESTS = 20;
const ENVIRONMENTS = 20;
const LATENCY_MS = 50;
const PATIENCE_MS = 120_000;

let database: TestDatabase;
let sandbox: TestSandbox;
let mails: MailCatcher;
let context: WorkerContext;
let integration: TestIntegration;
let worker: ProductProcess;
let directory: string;
beforeAll(async () => {
  [database, sandbox, mails] = await Promise.all([
    createTestDatabase(),
    startTestSandbox(),
    startMailCatcher(),
  ]);
  await sandbox.setFaults({ latencyMs: LATENCY_MS });
  directory = await mkdtemp(join(tmpdir(), "kytkin-bench-"));
  context = makeWorkerContext(database);
  integration = await createSandboxIntegration(database, context, sandbox.url, {
    content: { partnerSteps: PAGE_STEPS },
  });
  const env = makeProcessEnv(context, { portalUrl: "http://localhost:1", smtpUrl: mails.smtpUrl });
  worker = makeWorkerProcess({ database, directory, env: { ...env, LOG_LEVEL: "warn" } });
  await worker.start();
}, PATIENCE_MS);
afterAll(async () => {
  await worker.stop();
  await Promise.all([sandbox.close(), mails.stop()]);
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

/** Milliseconds from the button, with a partner that decides at once. */
type Measured = {
  /** Until the call to the vendor was journalled, and until its answer was. */
  sentMs: number;
  answeredMs: number;
  /** Until the first environment was active, and until all were. */
  firstMs: number;
  allMs: number;
};

async function measure(): Promise<Measured> {
  const viewer = await createViewer(database);
  const { companies } = await sandbox.addPersona(viewer.email, ENVIRONMENTS);
  const offered = companies.map(({ id }) => String(id));
  const { requestId: vendorId } = await sandbox.addRequest({ personaEmail: viewer.email });
  const startedAt = Date.now();
  const vendorRequest = String(vendorId);
  const { requestId } = await createRequest(database, viewer, integration, { offered, vendorRequest });
  await decideAsPartner({ database, integration }, requestId);
  const isActive = async () => {
    const { activations } = await readRequest(database, requestId);
    expect(activations.filter(({ state }) => state !== "active")).toEqual([]);
  };
  await waitFor(isActive, { timeout: PATIENCE_MS, interval: 50 });
  const allMs = Date.now() - startedAt;
  const { orm } = database.admin;
  const [call] = await orm.select().from(vendorCalls).where(eq(vendorCalls.vendorRequest, vendorRequest));
  const { activations } = await readRequest(database, requestId);
  return {
    sentMs: Number(call?.sentAt) - startedAt,
    answeredMs: Number(call?.answeredAt) - startedAt,
    firstMs: Math.min(...activations.map(({ stateSince }) => Number(stateSince))) - startedAt,
    allMs,
  };
}

test(
  `${REQUESTS} requests of ${ENVIRONMENTS} environments, one after another`,
  async () => {
    const callsBefore = (await sandbox.listCalls()).length;
    const measured: Measured[] = [];
    for (let count = 0; count < REQUESTS; count += 1) measured.push(await measure());
    const calls = (await sandbox.listCalls()).length - callsBefore;
    const of = (name: keyof Measured, percent: number) =>
      percentile(
        measured.map((one) => one[name]),
        percent,
      );
    console.log(
      [
        describeMachine(),
        `Submit until all ${ENVIRONMENTS} are active, the stand-in takes ${LATENCY_MS} ms, ${REQUESTS} requests:`,
        `  median ${of("allMs", 50)} ms, 95th percentile ${of("allMs", 95)} ms, slowest ${of("allMs", 100)} ms`,
        `  medians on the way: sent ${of("sentMs", 50)} ms, answered ${of("answeredMs", 50)} ms, first active ${of("firstMs", 50)} ms`,
        `  each, in their order: ${measured.map(({ allMs }) => allMs).join(", ")} ms`,
        `  vendor calls per environment: ${(calls / REQUESTS / ENVIRONMENTS).toFixed(2)}`,
      ].join("\n"),
    );
  },
  10 * PATIENCE_MS,
);
