import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { specifications } from "@/db/schema";
import { chooseFreePort } from "../../scripts/process/port";
import { connectForDeliveries } from "../fixtures/deliveries";
import { makeKey } from "../fixtures/gateway-world";
import { addCompany } from "../fixtures/offboarding";
import {
  makeGatewayProcess,
  makeIntakeProcess,
  makeWorkerProcess,
  type ProductProcess,
} from "../fixtures/process";
import { makeProcessEnv } from "../fixtures/process-env";
import { createVendorWorld, HELD_BY_TECHNICAL_USER, type VendorWorld } from "../fixtures/vendor-world";
import { type MailCatcher, startMailCatcher } from "../mail-catcher";
import { type RestartablePostgres, startRestartablePostgres } from "../restartable-postgres";

/** How long the stand-in takes for a call. */
const LATENCY_MS = 20;
/** Look-ups after a lost answer: the last one is later than anything that the stand-in still commits. */
const LOOK_UPS_MS = [500, 1_500, 4_000];
const LEASE_MS = 3_000;

export type DeliveryTarget = Awaited<ReturnType<typeof connectForDeliveries>>;

/** A database, worker and both doors of their own processes, and connections of one partner beside the vendor's stand-in. */
export type DeliveryWorld = {
  vendor: VendorWorld;
  postgres: RestartablePostgres;
  mails: MailCatcher;
  worker: ProductProcess;
  gateway: ProductProcess;
  gatewayUrl: string;
  intake: ProductProcess;
  sftpPort: number;
  apiKey: string;
  targets: DeliveryTarget[];
  close(): Promise<void>;
};

export async function createDeliveryWorld(connections: number): Promise<DeliveryWorld> {
  const [postgres, mails, port, sftpPort] = await Promise.all([
    startRestartablePostgres(),
    startMailCatcher(),
    chooseFreePort(),
    chooseFreePort(),
  ]);
  const { database } = postgres;
  const vendor = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER }, async () => database);
  await database.admin.orm
    .update(specifications)
    .set({ content: sql`content || '{"access": ["deliveries"]}'::jsonb` });
  const targets: DeliveryTarget[] = [];
  for (let count = 0; count < connections; count++)
    targets.push(await connectForDeliveries(vendor, await addCompany(vendor)));
  await vendor.sandbox.setFaults({ latencyMs: LATENCY_MS });
  const directory = await mkdtemp(join(tmpdir(), "kytkin-kill-"));
  const gatewayUrl = `http://localhost:${port}`;
  const env = makeProcessEnv(vendor.context, { portalUrl: "http://localhost:4300", smtpUrl: mails.smtpUrl });
  const worker = makeWorkerProcess({
    database,
    directory,
    env: {
      ...env,
      KYTKIN_DELIVERY_LOOK_UPS_MS: LOOK_UPS_MS.join(),
      KYTKIN_DELIVERY_LEASE_MS: String(LEASE_MS),
      KYTKIN_VENDOR_RETRY_DELAYS_MS: "100,200",
    },
  });
  const { KYTKIN_PUBLIC_URL = "", KYTKIN_GATEWAY_KEYS = "", KYTKIN_INTAKE_KEYS = "" } = env;
  const ofGateway = { KYTKIN_PUBLIC_URL, KYTKIN_GATEWAY_KEYS };
  const gateway = makeGatewayProcess({ database, directory, env: ofGateway }, port);
  const intake = makeIntakeProcess({ database, directory, env: { KYTKIN_INTAKE_KEYS } }, sftpPort);
  return {
    ...{ vendor, postgres, mails, worker, gateway, gatewayUrl, intake, sftpPort, targets },
    apiKey: await makeKey(database, vendor.integration.partner.id, { scopes: ["records"] }),
    close: async () => {
      await Promise.all([worker.stop(), gateway.stop(), intake.stop()]);
      await Promise.all([vendor.sandbox.close(), mails.stop()]);
      await postgres.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
