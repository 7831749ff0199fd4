import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseFreePort } from "../../scripts/process/port";
import { createTestDatabase, type TestDatabase } from "../database";
import type { TestIntegration } from "../fixtures/integration";
import { makeWebProcess, makeWorkerProcess, type ProductProcess } from "../fixtures/process";
import { makeProcessEnv } from "../fixtures/process-env";
import { PAGE_STEPS } from "../fixtures/specification";
import type { TestSandbox } from "../fixtures/vendor-world";
import { createSandboxIntegration, makeWorkerContext } from "../fixtures/worker";
import { type MailCatcher, startMailCatcher } from "../mail-catcher";
import { startTestSandbox } from "../procountor-sandbox";

/** How long the stand-in takes for a call. */
const LATENCY_MS = 60;
/** Well past that latency: from then on nothing can be on its way any more. */
const ANSWER_WITHIN_MS = 5_000;

const RIGHTS = [
  { path: "sales.salesOrGroupInvoices", level: "ALL_RIGHTS", reason: "Makes invoices." },
  { path: "sales.customerRegister", level: "ALL_RIGHTS", reason: "Adds customers." },
];

/** An installation of real processes beside a vendor's stand-in and a mail server. */
export type KillWorld = {
  database: TestDatabase;
  sandbox: TestSandbox;
  mails: MailCatcher;
  /** Decided at once, and by the partner's software. */
  integrations: readonly [TestIntegration, TestIntegration];
  portalUrl: string;
  worker: ProductProcess;
  web: ProductProcess;
  close(): Promise<void>;
};

export async function createKillWorld(): Promise<KillWorld> {
  const [database, sandbox, mails, port] = await Promise.all([
    createTestDatabase(),
    startTestSandbox(),
    startMailCatcher(),
    chooseFreePort(),
  ]);
  await sandbox.setFaults({ latencyMs: LATENCY_MS });
  const directory = await mkdtemp(join(tmpdir(), "kytkin-kill-"));
  const context = makeWorkerContext(database);
  const technicalUser = { username: "Esimerkki API", rights: RIGHTS };
  const integrations = [
    await createSandboxIntegration(database, context, sandbox.url, {
      slug: "esimerkki-orders",
      content: { technicalUser },
    }),
    await createSandboxIntegration(database, context, sandbox.url, {
      slug: "esimerkki-reports",
      content: { technicalUser, partnerSteps: PAGE_STEPS },
    }),
  ] as const;
  const portalUrl = `http://localhost:${port}`;
  const env = {
    ...makeProcessEnv(context, { portalUrl, smtpUrl: mails.smtpUrl }),
    KYTKIN_VENDOR_ANSWER_WITHIN_MS: String(ANSWER_WITHIN_MS),
  };
  const worker = makeWorkerProcess({ database, directory, env });
  const web = makeWebProcess({ database, directory, env }, port);
  return {
    database,
    sandbox,
    mails,
    integrations,
    portalUrl,
    worker,
    web,
    close: async () => {
      await Promise.all([worker.stop(), web.stop()]);
      await Promise.all([sandbox.close(), mails.stop()]);
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
