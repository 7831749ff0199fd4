import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";
import { spawnScript } from "@/testing/fixtures/spawn-script";
import { findFreePort } from "@/testing/listen";
import { waitFor } from "@/testing/wait-for";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";

/*
 * What a call costs in the gateway, a process of its own, beside a direct call of the same vendor: in the same seconds, one of either
 * by turns, under a limit that is not reached. Then four gateways and a worker, a process each, under the limit as it is.
 */

const CALLS = 1000;
const LIMITED_MS = 15_000;
let world: GatewayWorld;
let software: ConnectedSoftware;
const children: ChildProcess[] = [];
beforeAll(async () => {
  world = await createGatewayWorld();
  software = await connectSoftware(world);
  console.log(describeMachine());
});
afterAll(() => world.close());
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const pathOf = ({ connectionId }: ConnectedSoftware) => `/gateway/v1/connections/${connectionId}/company`;
const through = (at: string, of = software) =>
  fetch(`${at}${pathOf(of)}`, { headers: { authorization: `Bearer ${of.apiKey}` } });
const direct = () => fetch(`${world.vendor.url}/latest/api/company`);

async function startGateway(script: string): Promise<string> {
  const port = await findFreePort();
  children.push(
    spawnScript(script, [], {
      KYTKIN_DATABASE_URL: world.database.urls.gateway,
      KYTKIN_GATEWAY_KEYS: world.context.keys.rings.gateway
        .map(({ id, key }) => `${id}:${key.toString("base64")}`)
        .join(),
      KYTKIN_GATEWAY_PORT: String(port),
      KYTKIN_GATEWAY_BIND_HOST: "127.0.0.1",
      KYTKIN_PUBLIC_URL: "http://localhost:3000",
      KYTKIN_DEMO: "1",
      LOG_LEVEL: "error",
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  await waitFor(async () => expect((await through(url)).status).toBe(200), {
    timeout: 120_000,
    interval: 200,
  });
  return url;
}

async function time(call: () => Promise<Response>): Promise<number> {
  const from = performance.now();
  const response = await call();
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`answered ${response.status}`);
  return performance.now() - from;
}

/** `width` callers that call directly and through the gateway by turns: both meet the same machine. */
async function compare(url: string, width: number): Promise<{ own: number[]; passed: number[] }> {
  const [own, passed]: [number[], number[]] = [[], []];
  let left = CALLS;
  await Promise.all(
    Array.from({ length: width }, async (_, caller) => {
      for (let round = caller; left-- > 0; round++)
        if (round % 2 === 0) own.push(await time(direct));
        else passed.push(await time(() => through(url)));
    }),
  );
  return { own, passed };
}

test.each([
  [1, 0],
  [50, 100],
])("%i at once, a vendor that takes %i ms", async (width, answerMs) => {
  world.vendor.answerWith((_request, response) => {
    if (answerMs === 0) response.end("{}");
    else setTimeout(() => response.end("{}"), answerMs);
  });
  const url = await startGateway("bench/gateway-process.ts");
  await compare(url, width);
  const startedAt = performance.now();
  const { own, passed } = await compare(url, width);
  const perSecond = CALLS / ((performance.now() - startedAt) / 1000);
  console.log(`${width} at once, a vendor of ${answerMs} ms, ${Math.round(perSecond)} calls a second:`);
  for (const part of [50, 95]) {
    const [one, other] = [percentile(own, part), percentile(passed, part)];
    console.log(
      `  p${part}: direct ${one.toFixed(1)} ms, through the gateway ${other.toFixed(1)} ms, which adds ${(other - one).toFixed(1)} ms`,
    );
  }
  console.log(`  ${describeMachine().replace("before", "after")}`);
});

test("four gateways and a worker, a process each, never call more often than the vendor allows", async () => {
  const limit = getConnector("procountor").manifest.limits.application?.requestsPerSecond ?? 0;
  const gateways = await Promise.all([1, 2, 3, 4].map(() => startGateway("scripts/start-gateway.ts")));
  const arrivals: number[] = [];
  world.vendor.answerWith((_request, response) => {
    arrivals.push(performance.now());
    setTimeout(() => response.end("{}"), 50);
  });
  const key = `procountor:${software.integration.slug}`;
  children.push(
    spawnScript("bench/limited-worker.ts", [
      world.database.urls.worker,
      key,
      String(limit),
      `${world.vendor.url}/latest/api/company`,
    ]),
  );
  const from = performance.now();
  await Promise.all(
    gateways.flatMap((url) =>
      Array.from({ length: 10 }, async () => {
        while (performance.now() < from + LIMITED_MS) await time(() => through(url));
      }),
    ),
  );
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await delay(200);
  const inSecond = arrivals.map(
    (first, index) => arrivals.slice(index).filter((at) => at < first + 1000).length,
  );
  const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1000;
  console.log(
    `four gateways and a worker under ${limit} a second: ${arrivals.length} calls in ${seconds.toFixed(1)} s, ` +
      `${((100 * arrivals.length) / seconds / limit).toFixed(0)} % of the limit (a vendor of 50 ms bounds it at 95 %), ` +
      `most in any second ${Math.max(...inSecond)}; ${describeMachine()}`,
  );
  expect(Math.max(...inSecond)).toBeLessThanOrEqual(limit);
});
