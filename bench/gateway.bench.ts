import { afterAll, beforeAll, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";

/* What the gateway costs beside a direct call of the same vendor in the same run; the vendor's limit is lifted. */

const CALLS = 500;
let world: GatewayWorld;
let software: ConnectedSoftware;
beforeAll(async () => {
  Object.assign(getConnector("procountor").manifest.limits.application ?? {}, { requestsPerSecond: 100_000 });
  world = await createGatewayWorld();
  software = await connectSoftware(world);
  console.log(describeMachine());
});
afterAll(() => world.close());

async function measure(name: string, width: number, call: () => Promise<Response>): Promise<number[]> {
  const took: number[] = [];
  let left = CALLS;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        const response = await call();
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${name}: ${response.status}`);
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  took.sort((a, b) => a - b);
  console.log(
    `${name}, ${width} at once: median ${percentile(took, 50).toFixed(1)} ms, p95 ${percentile(took, 95).toFixed(1)} ms, ` +
      `${Math.round(took.length / seconds)} calls a second`,
  );
  return took;
}

const direct = () => fetch(`${world.vendor.url}/latest/api/company`);
const through = () =>
  fetch(`${world.url}/gateway/v1/connections/${software.connectionId}/company`, {
    headers: { authorization: `Bearer ${software.apiKey}` },
  });

test.each([1, 50])("%i at once", async (width) => {
  await measure("warming up", width, through);
  const own = await measure("direct", width, direct);
  const passed = await measure("through the gateway", width, through);
  for (const part of [50, 95])
    console.log(
      `  p${part}: the gateway adds ${(percentile(passed, part) - percentile(own, part)).toFixed(1)} ms, ` +
        `${(percentile(passed, part) / percentile(own, part)).toFixed(1)} times a direct call`,
    );
});
