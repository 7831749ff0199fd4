/*
 * A process that calls a vendor as often as its limit lets it, as a worker with a long queue:
 *   node --import tsx bench/limited-worker.ts DATABASE_URL LIMITER_KEY REQUESTS_PER_SECOND ADDRESS
 */
import { connect } from "@/db/client";
import { createVendorLimiter } from "@/lib/connectors/limiter/create-limiter";
import { makeWorkerContext } from "@/testing/fixtures/worker";

const [databaseUrl = "", limiterKey = "", requestsPerSecond = "", address = ""] = process.argv.slice(2);
const context = makeWorkerContext({ worker: connect(databaseUrl, { max: 2 }) });
const limits = { application: { requestsPerSecond: Number(requestsPerSecond) } };
const limiter = createVendorLimiter(context, { limiterKey, limits }, "writes/worker");

async function callOn(): Promise<never> {
  for (;;) {
    const giveBack = await limiter.take();
    await fetch(address)
      .then((answer) => answer.text())
      .catch(() => "")
      .finally(giveBack);
  }
}
await Promise.all(Array.from({ length: 8 }, callOn));
