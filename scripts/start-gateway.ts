import { connect } from "@/db/client";
import { assertSafeLogin, withScope } from "@/db/scope";
import { answerBodyView } from "@/lib/connection/gateway/answer-body-view";
import { answerExport } from "@/lib/connection/gateway/answer-export";
import { answerGatewayHealth } from "@/lib/connection/gateway/answer-health";
import { GATEWAY_ROUTES } from "@/lib/connection/gateway/routes";
import { type GatewayServer, serveGateway } from "@/lib/connection/gateway/serve-gateway";
import { getGatewayEnv } from "@/lib/platform/env";
import { listDemoTraces } from "@/lib/platform/health/demo-traces";
import { log } from "@/lib/platform/log";
import { assertNoDemoTraces, assertRealSettings } from "@/lib/platform/production-ready";

const POOL = 12;

const env = getGatewayEnv();
const database = connect(env.KYTKIN_DATABASE_URL, { max: POOL, name: "kytkin-gateway" });
await assertSafeLogin(database);
assertRealSettings(env);
if (!env.KYTKIN_DEMO) assertNoDemoTraces(await withScope(database, { kind: "gateway" }, listDemoTraces));

/** A port that is taken is told in words: a stack would hide them. */
async function refuseStart(error: unknown): Promise<never> {
  await database.close();
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (!isTaken) throw error;
  process.stderr.write(
    `The gateway does not start. Port ${env.KYTKIN_GATEWAY_PORT} is taken by another program on this machine. End that ` +
      "program, or set KYTKIN_GATEWAY_PORT to a free port.\n",
  );
  process.exit(1);
}

const context = { database, keys: { rings: { gateway: env.KYTKIN_GATEWAY_KEYS } }, log };
const gateway: GatewayServer = await serveGateway(context, {
  port: env.KYTKIN_GATEWAY_PORT,
  host: env.KYTKIN_GATEWAY_BIND_HOST,
  publicUrl: env.KYTKIN_PUBLIC_URL,
  routes: GATEWAY_ROUTES,
  answerOther: async (path, request, figures) =>
    (await answerBodyView(context, path, request)) ??
    (await answerExport(context, path, request)) ??
    answerGatewayHealth(database, env.KYTKIN_METRICS_TOKEN)(path, request, figures),
}).catch(refuseStart);
log.info({ port: gateway.port }, "gateway started");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await gateway.stop();
  await database.close();
  log.info("gateway stopped");
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
