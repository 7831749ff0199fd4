import { connect } from "@/db/client";
import { getWorkerEnv } from "./env";
import { log } from "./log";
import type { WorkerContext } from "./worker-context";

/** The worker's context from its environment. `poolSize` counts its own connections, the engine's aside. */
export function createWorkerContext(poolSize = 10): WorkerContext {
  const env = getWorkerEnv();
  return {
    database: connect(env.KYTKIN_DATABASE_URL, { max: poolSize, name: "kytkin-worker" }),
    keys: {
      rings: { vendor: env.KYTKIN_KEYS, gateway: env.KYTKIN_GATEWAY_KEYS, intake: env.KYTKIN_INTAKE_KEYS },
      hashKey: env.KYTKIN_HASH_KEY,
    },
    log,
    publicUrl: env.KYTKIN_PUBLIC_URL,
    vendorRetryDelaysMs: env.KYTKIN_VENDOR_RETRY_DELAYS_MS,
    vendorAnswerWithinMs: env.KYTKIN_VENDOR_ANSWER_WITHIN_MS,
    deliveries: {
      lookUpDelaysMs: env.KYTKIN_DELIVERY_LOOK_UPS_MS,
      leaseMs: env.KYTKIN_DELIVERY_LEASE_MS,
    },
    backupsKeptDays: env.KYTKIN_BACKUPS_KEPT_DAYS ?? null,
    standIns: env.KYTKIN_STAND_INS,
    outgoing: { allowLoopback: env.KYTKIN_OUTGOING_LOOPBACK },
  };
}
