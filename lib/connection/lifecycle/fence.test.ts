import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connections, gatewayTokens, holds } from "@/db/schema";
import { mintToken } from "@/lib/connection/gateway/mint-token";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { sendRequest } from "@/lib/connectors/send-request";
import { createTestDatabase } from "@/testing/database";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";
import { noConnectorContext } from "@/testing/fixtures/no-connector-context";
import { only } from "@/testing/fixtures/only";
import { spawnScript } from "@/testing/fixtures/spawn-script";
import { findFreePort } from "@/testing/listen";
import { waitFor } from "@/testing/wait-for";
import { fenceCalls, STOPPED_WITHIN_MS } from "./fence";

let world: GatewayWorld;
let software: ConnectedSoftware;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  software = await connectSoftware(world);
  world.vendor.seen.length = 0;
  world.vendor.answerWith((_request, response) => response.end("{}"));
});

const end = (): Promise<unknown> =>
  world.database.admin.orm
    .update(connections)
    .set({ state: "offboarding", attention: null, stateSince: new Date() })
    .where(eq(connections.id, software.connectionId));
async function pause(): Promise<void> {
  const { orm } = world.database.admin;
  const { partnerId, accountId } = only(
    await orm.select().from(connections).where(eq(connections.id, software.connectionId)),
  );
  await orm.insert(holds).values({
    connectionId: software.connectionId,
    partnerId,
    accountId,
    kind: "pause",
    setBy: "partner",
    since: new Date(),
  });
}
const fence = (change = {}, isHeld?: () => boolean) =>
  fenceCalls(world.context, noConnectorContext(change), {
    connectionId: software.connectionId,
    work: "write",
    isHeld,
  });
const send = (context = fence()) =>
  sendRequest(
    context,
    { name: "Vendor", readMessages: () => [] },
    {
      operation: "GET /company",
      method: "GET",
      url: `${world.vendor.url}/company`,
      timeoutMs: 5000,
      secrets: [],
    },
  );
const unsent = { kind: "unavailable", unsent: true };

describe("a call to a vendor leaves", () => {
  test("while its connection may, and not once it was ended or paused", async () => {
    await send();
    expect(world.vendor.seen).toHaveLength(1);
    await pause();
    await expect(send()).rejects.toMatchObject(unsent);
    await world.database.admin.orm.delete(holds);
    await send();
    await end();
    await expect(send()).rejects.toMatchObject(unsent);
    expect(world.vendor.seen).toHaveLength(2);
  });

  test("not when the end came while it waited for its place under the limit", async () => {
    const giveBack = vi.fn();
    const take = async () => {
      await end();
      return giveBack;
    };
    await expect(send(fence({ limiter: { take } }))).rejects.toMatchObject(unsent);
    expect(world.vendor.seen).toEqual([]);
    expect(giveBack).toHaveBeenCalledOnce();
  });

  test("not again when the end came between two tries of a read", async () => {
    world.vendor.answerWith(async (_request, response) => {
      await end();
      response.statusCode = 503;
      response.end();
    });
    const context = fence({ retryDelaysMs: [600, 600] });
    await expect(repeatRead(context, () => send(context))).rejects.toBeInstanceOf(ConnectorError);
    expect(world.vendor.seen).toHaveLength(1);
  });

  test("not from a process that has lost the lease of the queue", async () => {
    await expect(send(fence({}, () => false))).rejects.toMatchObject(unsent);
    expect(world.vendor.seen).toEqual([]);
  });

  test("not while the database cannot be asked", async () => {
    const gone = await createTestDatabase();
    await gone.close();
    const { connectionId } = software;
    const context = fenceCalls({ database: gone.worker }, noConnectorContext(), {
      connectionId,
      work: "write",
    });
    await expect(send(context)).rejects.toMatchObject(unsent);
    expect(world.vendor.seen).toEqual([]);
  });
});

test("a token for the gateway is not minted for a connection that is paused", async () => {
  const { orm } = world.database.admin;
  await pause();
  const minted = world.vendor.tokensIssued();
  await orm
    .insert(gatewayTokens)
    .values({ connectionId: software.connectionId, askedAt: new Date() })
    .onConflictDoUpdate({ target: gatewayTokens.connectionId, set: { askedAt: new Date() } });
  await mintToken(world.context, software.connectionId);
  expect(world.vendor.tokensIssued()).toBe(minted);
});

describe("with two gateways and two workers at full speed, of which one each is stopped and goes on later", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  const start = (script: string, args: string[], env: Record<string, string> = {}): ChildProcess => {
    const child = spawnScript(script, args, env);
    children.push(child);
    return child;
  };
  const startGateway = (port: number): ChildProcess =>
    start("scripts/start-gateway.ts", [], {
      KYTKIN_DATABASE_URL: world.database.urls.gateway,
      KYTKIN_GATEWAY_KEYS: world.context.keys.rings.gateway
        .map(({ id, key }) => `${id}:${key.toString("base64")}`)
        .join(),
      KYTKIN_GATEWAY_PORT: String(port),
      KYTKIN_GATEWAY_BIND_HOST: "127.0.0.1",
      KYTKIN_PUBLIC_URL: "http://localhost:3000",
      KYTKIN_DEMO: "1",
      LOG_LEVEL: "error",
    });

  test("nothing arrives at the vendor later than a second after the end", { timeout: 90_000 }, async () => {
    const ports = [await findFreePort(), await findFreePort()];
    const arrivals: { by: string; at: number }[] = [];
    world.vendor.answerWith((request, response) => {
      arrivals.push({ by: String(request.url), at: performance.now() });
      response.end("{}");
    });
    const gateways = ports.map(startGateway);
    const workers = ["w0", "w1"].map((name) =>
      start("testing/fixtures/fenced-caller.ts", [
        world.database.urls.worker,
        software.connectionId,
        `${world.vendor.url}/${name}`,
      ]),
    );
    let isOver = false;
    const callers = ports.map(async (port, index) => {
      while (!isOver) {
        await fetch(
          `http://127.0.0.1:${port}/gateway/v1/connections/${software.connectionId}/company?by=g${index}`,
          { headers: { authorization: `Bearer ${software.apiKey}` }, signal: AbortSignal.timeout(10_000) },
        ).then(
          (answer) => answer.text(),
          () => delay(100),
        );
      }
    });
    const from = (name: string) => arrivals.filter(({ by }) => by.includes(name)).length;
    await waitFor(() => expect(["w0", "w1", "g0", "g1"].filter((name) => from(name) < 4)).toEqual([]), {
      timeout: 60_000,
      interval: 100,
    });
    const stopped = [workers[0], gateways[0]];
    for (const child of stopped) child?.kill("SIGSTOP");
    await end();
    const endedAt = performance.now();
    await delay(3000);
    for (const child of stopped) child?.kill("SIGCONT");
    await delay(2000);
    isOver = true;
    expect(arrivals.filter(({ at }) => at > endedAt + STOPPED_WITHIN_MS)).toEqual([]);
    await Promise.all(callers);
  });
});
