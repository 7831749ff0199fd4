import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomToken } from "@/lib/core/hash";
import { createSession } from "@/lib/people/auth/create-session";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { freshCompanies, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration } from "@/testing/fixtures/integration";
import { makeNextProcess, makeWebProcess, type ProductProcess } from "@/testing/fixtures/process";
import { makeProcessEnv } from "@/testing/fixtures/process-env";
import { createRequest } from "@/testing/fixtures/request";
import { FORM_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { chooseFreePort } from "../scripts/process/port";
import { runNode } from "../scripts/process/run-command";
import { ensureBuilt } from "../scripts/start/build";
import { makeBaseEnvironment } from "../scripts/start/environment";
import { ROOT } from "../scripts/start/home";
import { putLoad } from "./load";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";

const RATES = [50, 100];
const SECONDS = 6;
const WARM_UP = { perSecond: 20, seconds: 2 };
const NEXT = join(ROOT, "node_modules/next/dist/bin/next");
const BARE = join(ROOT, "bench/bare-page");

type Page = { name: string; url: string; cookie?: string };

let database: TestDatabase;
let directory: string;
let web: ProductProcess;
let bare: ProductProcess;
let pages: Page[];
beforeAll(async () => {
  await ensureBuilt();
  const built = await runNode({
    args: [NEXT, "build", BARE],
    cwd: ROOT,
    env: makeBaseEnvironment(),
  });
  if (built.code !== 0) throw new Error(built.stdout + built.stderr);
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), "kytkin-bench-"));
  const [port, barePort] = [await chooseFreePort(), await chooseFreePort()];
  const portalUrl = `http://localhost:${port}`;
  const env = makeProcessEnv(makeWorkerContext(database), { portalUrl, smtpUrl: "smtp://127.0.0.1:1" });
  web = makeWebProcess({ database, directory, env: { ...env, LOG_LEVEL: "warn" } }, port);
  bare = makeNextProcess(directory, BARE, barePort);
  await Promise.all([web.start(), bare.start()]);
  pages = [{ name: "bare Next page", url: `http://localhost:${barePort}/` }, ...(await makePages(portalUrl))];
});
afterAll(async () => {
  await Promise.all([web.stop(), bare.stop()]);
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

/** Each step of somebody with 20 companies to pick from and a request that waits for a form. */
async function makePages(portalUrl: string): Promise<Page[]> {
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
    { name: "review, signed out", url: link },
    { name: "sign-in", url: `${portalUrl}/sign-in` },
    { name: "environments (20)", url: `${link}/environments`, cookie },
    { name: "technical user", url: `${link}/technical-user`, cookie },
    { name: "partner steps", url: `${portalUrl}/requests/${requestId}/partner-steps`, cookie },
    { name: "status (20)", url: `${portalUrl}/requests/${requestId}`, cookie },
    { name: "home", url: `${portalUrl}/home`, cookie },
  ];
}

test("time to first byte of each step", async () => {
  const machine = describeMachine();
  const lines: string[] = [];
  for (const { name, url, cookie } of pages) {
    await putLoad({ url, cookie, ...WARM_UP });
    const figures: string[] = [];
    for (const perSecond of RATES) {
      const { firstByteMs, failures } = await putLoad({ url, cookie, perSecond, seconds: SECONDS });
      const [median, slow] = [percentile(firstByteMs, 50), percentile(firstByteMs, 95)];
      const failed = Object.entries(failures).map(([reason, count]) => `, ${count} × ${reason}`);
      figures.push(`${median.toFixed(0)} / ${slow.toFixed(0)} ms${failed.join("")}`);
    }
    lines.push(`| ${name} | ${figures.join(" | ")} |`);
  }
  const head = `| page | ${RATES.map((rate) => `${rate} a second, median / 95th percentile`).join(" | ")} |`;
  console.log([machine, head, ...lines].join("\n"));
  expect(lines).toHaveLength(pages.length);
});
