import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import type { Connector, ConnectorContext, GrantsKeys, RequestsAddress } from "@/lib/connectors/types";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { keyOf, makePowerOfficeContext, RETURN_URL, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { createLimiter } from "./limiter";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const RATE = 10;
const TENANTS = 16;
const connector: Connector & RequestsAddress & GrantsKeys = powerofficeGo;

/** Keys of so many clients. */
async function onboard(
  sandbox: Awaited<ReturnType<typeof startTestSandbox>>,
  context: ConnectorContext,
): Promise<string[]> {
  const user = await sandbox.addUser("tenants@example.com", TENANTS);
  const { url } = await connector.requestConsent(context, RETURN_URL);
  const callback = await sandbox.consent(url.href, user.email);
  const { keys } = await connector.redeemGrant(context, callback.searchParams.get("token") ?? "");
  return keys.map(({ secret }) => secret);
}

test("two processes and many tenants share the ten calls a second, those for tokens included", async () => {
  // The stand-in refuses nothing here: on a busy machine calls that left evenly may still arrive in a bunch.
  const sandbox = await startTestSandbox({ requestsPerSecond: 1000 });
  const pools = [0, 1].map(() => connect(database.urls.worker, { max: 4 }));
  try {
    const limits = connector.manifest.limits.requestsPerSecond;
    const processes = pools.map((worker) =>
      makePowerOfficeContext(sandbox.url, {
        limiter: createLimiter(makeWorkerContext({ worker }), "poweroffice-go:test", limits),
      }),
    );
    const [first] = processes;
    if (!first) throw new Error("no process");
    // The calls before count too: they go through the same limit.
    const keys = await onboard(sandbox, first);
    const startedAt = performance.now();
    const described = keys.map((secret, index) => {
      const context = processes[index % processes.length];
      if (!context) throw new Error("no process");
      return connector.describeKey(context, keyOf(secret), []);
    });
    expect(new Set((await Promise.all(described)).map(({ externalId }) => externalId)).size).toBe(TENANTS);
    const seconds = (performance.now() - startedAt) / 1000;
    // Two calls for each tenant, each a tenth of a second or more after the one before, whichever process it leaves from.
    expect(seconds).toBeGreaterThan((2 * TENANTS - 1) / RATE);
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
    await sandbox.close();
  }
});
