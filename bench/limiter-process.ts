import { connect } from "@/db/client";
import { createLimiter } from "@/lib/connectors/limiter/create-limiter";
import { limitOf } from "@/lib/connectors/limiter/schema";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { keyOf, makePowerOfficeContext } from "@/testing/poweroffice-sandbox";
import type { Tenant, Work } from "./limiter-work";

/** One process of the bench: asks whose each of its tenants' keys is, all at once, and tells when each tenant was done. */
process.once("message", async ({ workerUrl, sandboxUrl, tenants }: Work) => {
  const worker = connect(workerUrl, { max: 4 });
  const context = makeWorkerContext({ worker });
  const limit = limitOf("poweroffice-go:bench", powerofficeGo.manifest.limits.application.requestsPerSecond);
  const startedAt = performance.now();
  const finish = async ({ name, keys }: Tenant) => {
    const vendor = makePowerOfficeContext(sandboxUrl, { limiter: createLimiter(context, limit, name) });
    await Promise.all(
      keys.map((key) => powerofficeGo.verify(vendor, { connectionId: key, ...keyOf(key) }, [])),
    );
    return { calls: 2 * keys.length, seconds: (performance.now() - startedAt) / 1000 };
  };
  const finished = await Promise.all(tenants.map(finish));
  await worker.close();
  process.send?.(finished);
});
