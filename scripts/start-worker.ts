import { assertSafeLogin } from "@/db/scope";
import { createInngestClient } from "@/inngest/client";
import { createEngine } from "@/inngest/engine";
import { createFunctions } from "@/inngest/functions";
import { createWorkerContext } from "@/lib/create-worker-context";
import { getWorkerEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { mailerSettings } from "@/lib/mail/mailer-settings";
import { createMailer } from "@/lib/mail/send-mail";
import { drainOutbox } from "@/lib/outbox/drain-outbox";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import { assertProductionReady } from "@/lib/production-ready";
import { assertKeysOpen } from "@/lib/seal/check-keys";
import { asSystem } from "@/lib/worker-context";
import { enterWorker } from "@/lib/worker-process/keep-presence";

const BEAT_MS = 15_000;

const env = getWorkerEnv();
const context = createWorkerContext();
await assertSafeLogin(context.database);
await assertProductionReady(context, env);
await assertKeysOpen(context, env.KYTKIN_LOST_KEYS);

const presence = await enterWorker(context);
const beats = setInterval(() => {
  presence.beat().catch((error: unknown) => log.warn({ err: error }, "the worker's presence was not told"));
}, BEAT_MS);

const keys = { signingKey: env.INNGEST_SIGNING_KEY, eventKey: env.INNGEST_EVENT_KEY };
// The engine answers the client's calls in this process; nothing is reached over the network.
const inngest = createInngestClient({
  ...keys,
  baseUrl: "http://engine.internal",
  fetch: (input, init) => engine.fetch(input, init),
});
const mailer = createMailer(mailerSettings(env));
const engine = createEngine({
  databaseUrl: env.KYTKIN_DATABASE_URL,
  client: inngest,
  functions: createFunctions(inngest, context, mailer),
  ...keys,
  log,
  extraTasks: {
    "drain-outbox": async () => {
      await drainOutbox(context, (batch) => inngest.send(batch));
    },
  },
});

await asSystem(context, "worker started", (tx) => enqueueEvent(tx, "worker/started", {}));
await engine.start();
// What was written while no worker was there.
await engine.addJob("drain-outbox", {}, { jobKey: "drain-outbox" });
log.info("worker started");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  clearInterval(beats);
  await engine.stop();
  // Without a database there is nobody to tell.
  await presence.leave().catch(() => {});
  await context.database.close();
  log.info("worker stopped");
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
