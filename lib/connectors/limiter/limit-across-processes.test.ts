import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { keyOf, makePowerOfficeContext, RETURN_URL, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { createLimiter } from "./create-limiter";
import { limitOf } from "./schema";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const TENANTS = 16;
const connector = powerofficeGo;

test("two processes and many tenants share the ten calls a second, those for tokens included", async () => {
  const { requestsPerSecond } = connector.manifest.limits.application;
  const sandbox = await startTestSandbox({ requestsPerSecond });
  const pools = [0, 1].map(() => connect(database.urls.worker, { max: 4 }));
  // However late a call arrives on a busy machine, its place stays taken until its answer is here.
  const limit = { ...limitOf("poweroffice-go:test", requestsPerSecond), arrivesWithinMs: 50_000 };
  const contextOf = (index: number) => {
    const worker = pools[index % pools.length];
    if (!worker) throw new Error("no process");
    const limiter = createLimiter(makeWorkerContext({ worker }), limit, `tenant ${index}`);
    return makePowerOfficeContext(sandbox.url, { limiter });
  };
  try {
    const user = await sandbox.addUser("tenants@example.com", TENANTS);
    const { url } = await connector.consent.requestAddress(contextOf(0), RETURN_URL);
    const callback = await sandbox.consent(url.href, user.email);
    const { keys } = await connector.consent.redeem(contextOf(0), callback.searchParams.get("token") ?? "");
    const described = keys.map(({ secret }, index) =>
      connector.consent.describeKey(contextOf(index), keyOf(secret), []),
    );
    expect(new Set((await Promise.all(described)).map(({ externalId }) => externalId)).size).toBe(TENANTS);
    const { calls, clients } = await sandbox.readStats();
    // Two calls for each tenant, and the two of the consent: not one over what the vendor counts.
    expect(calls).toHaveLength(2 * TENANTS + 2);
    expect(clients["subscription key"]).toMatchObject({ refused: 0 });
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
    await sandbox.close();
  }
});
