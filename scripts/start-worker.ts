import { assertSafeLogin } from "@/db/scope";
import { makeEnvironmentPlain } from "@/inngest/make-environment-plain";
import { PortTakenError } from "@/inngest/serve-functions";
import { startWorker } from "@/inngest/start-worker";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { ensureEvidenceKey } from "@/lib/connection/evidence/evidence-keys";
import { serveTokens } from "@/lib/connection/gateway/serve-tokens";
import { ensureHostKey } from "@/lib/connection/intake/sftp/host-key";
import { prepareActiveConnections } from "@/lib/connection/preparation/prepare-active";
import { createWorkerContext } from "@/lib/platform/create-worker-context";
import { getWorkerEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { mailerSettings } from "@/lib/platform/mail/mailer-settings";
import { createMailer } from "@/lib/platform/mail/send-mail";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { assertProductionReady } from "@/lib/platform/production-ready";
import { assertKeysOpen } from "@/lib/platform/seal/check-keys";
import { asSystem } from "@/lib/platform/worker-context";
import { enterWorker } from "@/lib/platform/worker-process/keep-presence";

const BEAT_MS = 15_000;

makeEnvironmentPlain();
const env = getWorkerEnv();
const context = createWorkerContext();
await assertSafeLogin(context.database);
await assertProductionReady(context, env);
await assertKeysOpen(context, env.KYTKIN_LOST_KEYS);
await ensureIntakeKey(context);
await ensureEvidenceKey(context);
await ensureHostKey(context);

/** A port that is taken is told in words: a stack would hide them. */
async function refuseStart(error: unknown): Promise<never> {
  clearInterval(beats);
  await presence.leave().catch(() => {});
  await context.database.close();
  if (!(error instanceof PortTakenError)) throw error;
  process.stderr.write(`The worker does not start. ${error.message}\n`);
  process.exit(1);
}

const presence = await enterWorker(context);
const beats = setInterval(() => {
  presence.beat().catch((error: unknown) => log.warn({ err: error }, "the worker's presence was not told"));
}, BEAT_MS);

await prepareActiveConnections(context);
await asSystem(context, "worker started", (tx) => enqueueEvent(tx, "worker/started", {}));
const worker = await startWorker(context, env, createMailer(mailerSettings(env))).catch(refuseStart);
const tokens = await serveTokens(context);
log.info({ engine: env.KYTKIN_ENGINE }, "worker started");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  clearInterval(beats);
  await tokens.stop();
  await worker.stop();
  // Without a database there is nobody to tell.
  await presence.leave().catch(() => {});
  await context.database.close();
  log.info("worker stopped");
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
