import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Database } from "@/db/client";
import { vendorApplications } from "@/db/schema";
import { createVendorLimiter } from "@/lib/connectors/limiter/create-limiter";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world.close());

const SECONDS = 4;
const PROCOUNTOR_PER_SECOND = 60;

/** Calls one after the other until the time is over; gives how many were answered. */
async function callUntil(
  end: number,
  at: string,
  { connectionId, apiKey }: ConnectedSoftware,
): Promise<number> {
  let answered = 0;
  while (performance.now() < end) {
    const response = await fetch(`${at}/gateway/v1/connections/${connectionId}/company`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    await response.text();
    expect(response.status).toBe(200);
    answered += 1;
  }
  return answered;
}

test("a caller that goes one by one beside 20 at once of another customer keeps its share", async () => {
  const [steady, busy] = [await connectSoftware(world), await connectSoftware(world)];
  // Both under one vendor application's limit, as two customers of one partner are.
  for (const { integration } of [steady, busy])
    await world.database.admin.orm
      .update(vendorApplications)
      .set({ limiterKey: "procountor:shared" })
      .where(eq(vendorApplications.id, integration.vendorApplicationId));
  const end = performance.now() + SECONDS * 1000;
  const [own, ...others] = await Promise.all([
    callUntil(end, world.url, steady),
    ...Array.from({ length: 20 }, () => callUntil(end, world.url, busy)),
  ]);
  const all = others.reduce((sum, count) => sum + count, own ?? 0);
  // Of a limit that is not the bottleneck it would have more; it never has less than its turn allows.
  expect((own ?? 0) / (all / 21)).toBeGreaterThan(0.8);
});

test("four gateways and two workers, each with connections of its own, stay within the vendor's limit", async () => {
  const of = await connectSoftware(world);
  const gateways = await Promise.all([1, 2, 3, 4].map(() => world.startGateway({ hasOwnConnections: true })));
  const pools = [1, 2].map(() => connect(world.database.urls.worker, { max: 2 }));
  const arrivals: number[] = [];
  world.vendor.answerWith((_request, response) => {
    arrivals.push(performance.now());
    response.end("{}");
  });
  const limits = {
    limiterKey: `procountor:${of.integration.slug}`,
    limits: { application: { requestsPerSecond: PROCOUNTOR_PER_SECOND } },
  };
  const end = performance.now() + SECONDS * 1000;
  const work = async (database: Database) => {
    const limiter = createVendorLimiter({ ...world.context, database }, limits, "writes/worker");
    while (performance.now() < end) {
      const giveBack = await limiter.take();
      arrivals.push(performance.now());
      giveBack();
      // Now and then nobody has a call: processes hold places for those to come.
      if (arrivals.length % 40 === 0) await delay(150);
    }
  };
  try {
    await Promise.all([
      ...gateways.flatMap((at) => Array.from({ length: 8 }, () => callUntil(end, at, of))),
      ...pools.flatMap((pool) => Array.from({ length: 8 }, () => work(pool))),
    ]);
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
  arrivals.sort((a, b) => a - b);
  const most = Math.max(
    ...arrivals.map((from, index) => arrivals.slice(index).filter((at) => at < from + 1000).length),
  );
  expect(most).toBeLessThanOrEqual(PROCOUNTOR_PER_SECOND);
  expect(arrivals.length).toBeGreaterThan(PROCOUNTOR_PER_SECOND);
});
