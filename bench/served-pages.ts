import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomToken } from "@/lib/core/hash";
import { createSession } from "@/lib/people/auth/create-session";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { freshCompanies, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration } from "@/testing/fixtures/integration";
import { makeNextProcess, makeWebProcess } from "@/testing/fixtures/process";
import { makeProcessEnv } from "@/testing/fixtures/process-env";
import { createRequest } from "@/testing/fixtures/request";
import { FORM_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { chooseFreePort } from "../scripts/process/port";
import { runNode } from "../scripts/process/run-command";
import { ensureBuilt } from "../scripts/start/build";
import { makeBaseEnvironment } from "../scripts/start/environment";
import { ROOT } from "../scripts/start/home";

const NEXT = join(ROOT, "node_modules/next/dist/bin/next");
const BARE = join(ROOT, "bench/bare-page");

/** `cookie` is a whole `name=value`; without it the page is asked for signed out. */
export type ServedPage = { name: string; url: string; cookie?: string };

/** One web process of the built product and one of a bare Next page, the bare page first. */
export async function servePages(): Promise<{ pages: ServedPage[]; stop(): Promise<void> }> {
  await ensureBuilt();
  const built = await runNode({ args: [NEXT, "build", BARE], cwd: ROOT, env: makeBaseEnvironment() });
  if (built.code !== 0) throw new Error(built.stdout + built.stderr);
  const database = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), "kytkin-bench-"));
  const [port, barePort] = [await chooseFreePort(), await chooseFreePort()];
  const portalUrl = `http://localhost:${port}`;
  const env = makeProcessEnv(makeWorkerContext(database), { portalUrl, smtpUrl: "smtp://127.0.0.1:1" });
  const web = makeWebProcess({ database, directory, env: { ...env, LOG_LEVEL: "warn" } }, port);
  const bare = makeNextProcess(directory, BARE, barePort);
  await Promise.all([web.start(), bare.start()]);
  const bareUrl = `http://localhost:${barePort}/`;
  return {
    pages: [{ name: "bare Next page", url: bareUrl }, ...(await makePages(database, portalUrl))],
    async stop() {
      await Promise.all([web.stop(), bare.stop()]);
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Each step of a customer with 20 companies to pick from and a request that waits for a form. */
async function makePages(database: TestDatabase, portalUrl: string): Promise<ServedPage[]> {
  const viewer = await createViewer(database);
  const token = randomToken();
  const expiresAt = new Date(Date.now() + 24 * 3600 * 1000);
  await createSession(database.web, { token, userId: viewer.userId, expiresAt });
  const cookie = `kytkin_session=${token}`;
  const drafted = await createIntegration(database);
  await prepareDraft(database, viewer, drafted, { offered: freshCompanies(20) });
  const formed = await createIntegration(database, { content: { partnerSteps: FORM_STEPS } });
  const { requestId } = await createRequest(database, viewer, formed, { offered: freshCompanies(20) });
  const link = `${portalUrl}/a/${drafted.linkToken}`;
  return [
    { name: "landing", url: `${portalUrl}/` },
    { name: "review, signed out", url: link },
    { name: "sign-in", url: `${portalUrl}/sign-in` },
    { name: "environments (20)", url: `${link}/environments`, cookie },
    { name: "technical user", url: `${link}/technical-user`, cookie },
    { name: "partner steps", url: `${portalUrl}/requests/${requestId}/partner-steps`, cookie },
    { name: "status (20)", url: `${portalUrl}/requests/${requestId}`, cookie },
    { name: "home", url: `${portalUrl}/home`, cookie },
  ];
}
