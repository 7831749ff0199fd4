import type { WorkerEnv } from "@/lib/platform/env";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import { drainOutbox, type OutgoingEvent } from "@/lib/platform/outbox/drain-outbox";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createInngestClient } from "./client";
import { createEngine } from "./engine";
import { createFunctions } from "./functions";
import { type FunctionServer, requireFreePort, serveFunctions } from "./serve-functions";

/** After this, what could not be sent to the Inngest server is sent again. */
const SEND_AGAIN_MS = 10_000;

export type WorkerSettings = Pick<
  WorkerEnv,
  | "KYTKIN_DATABASE_URL"
  | "INNGEST_SIGNING_KEY"
  | "INNGEST_EVENT_KEY"
  | "KYTKIN_ENGINE"
  | "INNGEST_BASE_URL"
  | "INNGEST_SERVE_ORIGIN"
  | "KYTKIN_WORKER_PORT"
  | "KYTKIN_WORKER_BIND_HOST"
>;

export type Worker = { stop(): Promise<void>; functionServer: FunctionServer | undefined };

type Send = (events: OutgoingEvent[]) => Promise<unknown>;

/**
 * Starts everything that happens in the background. With `KYTKIN_ENGINE=inngest` an Inngest server runs the functions, over
 * HTTP; the embedded engine then only goes on with what it had begun, and carries the outbox's wake-ups.
 */
export async function startWorker(
  context: WorkerContext,
  env: WorkerSettings,
  mailer: Mailer,
): Promise<Worker> {
  const isEmbedded = env.KYTKIN_ENGINE === "embedded";
  const keys = { signingKey: env.INNGEST_SIGNING_KEY, eventKey: env.INNGEST_EVENT_KEY };
  // The engine answers this client's calls in this process; nothing is reached over the network.
  const embedded = createInngestClient({
    ...keys,
    baseUrl: "http://engine.internal",
    fetch: (input, init) => engine.fetch(input, init),
  });
  const remote = isEmbedded ? undefined : createInngestClient({ ...keys, baseUrl: env.INNGEST_BASE_URL });
  const engine = createEngine({
    databaseUrl: env.KYTKIN_DATABASE_URL,
    client: embedded,
    functions: createFunctions(embedded, context, mailer),
    ...keys,
    startsRuns: isEmbedded,
    log: context.log,
    extraTasks: { "drain-outbox": () => drain() },
  });
  /** A run that waits here hears of the event too, first: it is sent again when the other one did not take it. */
  const send: Send = async (events) => {
    await embedded.send(events);
    await remote?.send(events);
  };
  const drain = async () => {
    await drainOutbox(context, send).catch(async (error: unknown) => {
      if (isEmbedded) throw error;
      context.log.warn({ err: error }, "events could not be sent to the Inngest server; they are sent again");
      const runAt = new Date(Date.now() + SEND_AGAIN_MS);
      await engine.addJob("drain-outbox", {}, { jobKey: "drain-outbox", runAt });
    });
  };

  // A worker that cannot be reached must not take jobs first, and end in the middle of them.
  if (remote) await requireFreePort(env.KYTKIN_WORKER_PORT, env.KYTKIN_WORKER_BIND_HOST);
  await engine.start();
  const functionServer = remote
    ? await serveFunctions({
        client: remote,
        functions: createFunctions(remote, context, mailer),
        signingKey: keys.signingKey,
        origin: env.INNGEST_SERVE_ORIGIN ?? "",
        port: env.KYTKIN_WORKER_PORT,
        host: env.KYTKIN_WORKER_BIND_HOST,
        log: context.log,
      }).catch(async (error: unknown) => {
        await engine.stop();
        throw error;
      })
    : undefined;
  // What was written while no worker was there.
  await engine.addJob("drain-outbox", {}, { jobKey: "drain-outbox" });
  return {
    functionServer,
    async stop() {
      await functionServer?.stop();
      await engine.stop();
    },
  };
}
