import { fork } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import { createTestDatabase } from "@/testing/database";
import {
  makePowerOfficeContext,
  type PowerOfficeTestSandbox,
  RETURN_URL,
  startTestSandbox,
} from "@/testing/poweroffice-sandbox";
import type { Finished, Tenant, Work } from "./limiter-work";

const PROCESSES = 4;
/** Most tenants have one client; a few have as many as an accounting office. */
const SMALL = { tenants: 190, clients: 1 };
const LARGE = { tenants: 10, clients: 20 };

async function makeTenants(sandbox: PowerOfficeTestSandbox): Promise<Tenant[]> {
  const context = makePowerOfficeContext(sandbox.url);
  const sizes = [SMALL, LARGE].flatMap(({ tenants, clients }) => Array<number>(tenants).fill(clients));
  const tenants: Tenant[] = [];
  for (const [index, clients] of sizes.entries()) {
    const { email } = await sandbox.addUser(`tenant-${index}@example.com`, clients);
    const { url } = await powerofficeGo.consent.requestAddress(context, RETURN_URL);
    const callback = await sandbox.consent(url.href, email);
    const { keys } = await powerofficeGo.consent.redeem(context, callback.searchParams.get("token") ?? "");
    tenants.push({ name: email, keys: keys.map(({ secret }) => secret) });
  }
  return tenants;
}

function runProcess(work: Work): Promise<Finished[]> {
  const file = fileURLToPath(new URL("./limiter-process.ts", import.meta.url));
  const child = fork(file, { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.once("message", (finished: Finished[]) => resolve(finished));
    child.once("exit", (code) => reject(new Error(`a process ended with ${code}`)));
    child.send(work);
  });
}

/** When a tenant with so many calls is done if every tenant with calls left always gets the same share. */
function fairSeconds(calls: number, all: readonly Finished[], requestsPerSecond: number): number {
  return all.reduce((sum, one) => sum + Math.min(one.calls, calls), 0) / requestsPerSecond;
}

test("four processes, 200 tenants, one subscription key", async () => {
  const { requestsPerSecond } = powerofficeGo.manifest.limits.application;
  const database = await createTestDatabase();
  // It is counted here and refused nowhere else: the stand-in's own limit is the vendor's.
  const [quick, sandbox] = [await startTestSandbox(), await startTestSandbox({ requestsPerSecond })];
  try {
    const tenants = await makeTenants(quick);
    sandbox.getState().integrations = quick.getState().integrations;
    sandbox.getState().addedClients = quick.getState().addedClients;
    const shares = Array.from({ length: PROCESSES }, (_, process) =>
      tenants.filter((_tenant, index) => index % PROCESSES === process),
    );
    const work = { workerUrl: database.urls.worker, sandboxUrl: sandbox.url };
    const finished = (
      await Promise.all(shares.map((share) => runProcess({ ...work, tenants: share })))
    ).flat();
    const calls = finished.reduce((sum, one) => sum + one.calls, 0);
    const seconds = Math.max(...finished.map((one) => one.seconds));
    const ratios = finished.map((one) => one.seconds / fairSeconds(one.calls, finished, requestsPerSecond));
    const { clients } = await sandbox.readStats();
    const count = clients["subscription key"];
    process.stdout.write(
      `${JSON.stringify(
        {
          calls,
          seconds,
          useOfLimit: calls / seconds / requestsPerSecond,
          slowestTenantAgainstFairTime: Math.max(...ratios),
          mostInOneSecond: count?.peakPerSecond,
          refused: count?.refused,
          cores: availableParallelism(),
          load: loadavg()[0],
        },
        null,
        2,
      )}\n`,
    );
    expect(count?.refused).toBe(0);
  } finally {
    await Promise.all([quick.close(), sandbox.close()]);
    await database.close();
  }
});
