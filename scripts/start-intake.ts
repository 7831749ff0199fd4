import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@/db/client";
import { assertSafeLogin } from "@/db/scope";
import type { IntakeContext } from "@/lib/connection/intake/door/context";
import { openHostKey } from "@/lib/connection/intake/sftp/host-key";
import { startSftpServer } from "@/lib/connection/intake/sftp/server";
import { DEMO_KEY_ID } from "@/lib/core/demo";
import { readIntakeEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

const HOST_KEY_AGAIN_MS = 1_000;

const env = readIntakeEnv();
if (!env.KYTKIN_DEMO && env.KYTKIN_INTAKE_KEYS.some(({ id }) => id === DEMO_KEY_ID))
  throw new Error(
    "KYTKIN_INTAKE_KEYS was generated for the demo. Make a new one: docs/operations/configuration.md.",
  );
const context: IntakeContext = {
  database: connect(env.KYTKIN_DATABASE_URL, { max: 10, name: "kytkin-intake" }),
  keys: { rings: { intake: env.KYTKIN_INTAKE_KEYS } },
  log,
};
await assertSafeLogin(context.database);

/** The first worker makes the host key. */
async function waitForHostKey() {
  for (let tries = 0; ; tries += 1) {
    const hostKey = await openHostKey(context);
    if (hostKey) return hostKey;
    if (tries === 0) log.info("waiting for a worker to make the host key");
    await sleep(HOST_KEY_AGAIN_MS);
  }
}

const { privateKey, fingerprint } = await waitForHostKey();
const server = await startSftpServer({
  context,
  hostKey: privateKey,
  port: env.KYTKIN_SFTP_PORT,
  host: env.KYTKIN_SFTP_BIND_HOST,
});
log.info({ port: server.port, fingerprint }, "intake started");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await server.close();
  await context.database.close();
  log.info("intake stopped");
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
