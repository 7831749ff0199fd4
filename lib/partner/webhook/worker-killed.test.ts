import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asPartner } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { makeWorkerProcess, type ProductProcess } from "@/testing/fixtures/process";
import { makeProcessEnv } from "@/testing/fixtures/process-env";
import { startWebhookReceiver, type WebhookReceiver } from "@/testing/fixtures/webhook-receiver";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { waitFor } from "@/testing/wait-for";
import { createWebhookEndpoint } from "./manage-endpoint";
import { sendTestEvent } from "./replay";
import { reviveWebhooks } from "./sweep-webhooks";

const PATIENCE = { timeout: 60_000, interval: 100 };

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let receiver: WebhookReceiver;
let worker: ProductProcess;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  await ensureIntakeKey(context);
  integration = await createIntegration(database);
  receiver = await startWebhookReceiver();
  directory = await mkdtemp(join(tmpdir(), "kytkin-webhooks-"));
  const addresses = { portalUrl: "http://localhost:4300", smtpUrl: "smtp://127.0.0.1:1" };
  const env = { ...makeProcessEnv(context, addresses), KYTKIN_OUTGOING_LOOPBACK: "1" };
  worker = makeWorkerProcess({ database, directory, env });
  await worker.start();
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await receiver.close();
  await database.close();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

test("a worker that is killed during a call sends the event again when it is back, under the same id", async () => {
  const { caller } = integration;
  const orm = database.admin.orm;
  // The receiver has the call and does not answer yet.
  receiver.state.answer = () => {};
  const endpoint = { url: receiver.url, description: "", eventTypes: [] };
  const deliveryId = await asPartner(database, caller, async (tx) => {
    const made = await createWebhookEndpoint(tx, caller, endpoint, context.outgoing);
    receiver.state.secret = made.secret;
    return sendTestEvent(tx, caller, made.id);
  });
  await waitFor(() => expect(receiver.state.calls).toBe(1), PATIENCE);
  await worker.kill();
  receiver.answerWith(200);

  await worker.start();
  // The minute passes for which the dead process had the endpoint, and the sweep comes.
  await orm.update(webhookEndpoints).set({ leasedUntil: null, wakesAt: null });
  await asSystem(context, "test", (tx) => reviveWebhooks(tx, new Date(Date.now() + 5 * 60_000)));
  await waitFor(async () => {
    const [delivery] = await orm.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, deliveryId));
    expect(delivery?.state).toBe("delivered");
  }, PATIENCE);
  expect(receiver.received).toHaveLength(2);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  const attempts = await orm
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, deliveryId))
    .orderBy(webhookAttempts.startedAt);
  expect(attempts.map(({ status }) => status)).toEqual([null, 200]);
  expect(attempts[0]?.endedAt).toBeNull();
}, 180_000);
