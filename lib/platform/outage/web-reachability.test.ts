import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createWebReachability } from "./web-reachability";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("a connection that went silent is replaced: the database is there all the same", async () => {
  const target = new URL(database.urls.web);
  const sockets: [Socket, Socket][] = [];
  const between = createServer((client) => {
    const server = dial(Number(target.port), target.hostname);
    for (const socket of [client, server]) socket.on("error", () => socket.destroy());
    client.pipe(server).pipe(client);
    sockets.push([client, server]);
  }).listen(0, "127.0.0.1");
  await once(between, "listening");
  const url = new URL(target);
  url.host = `127.0.0.1:${(between.address() as AddressInfo).port}`;
  const reachability = createWebReachability(url.href, { freshMs: 0, patienceMs: 1000 });
  expect(await reachability.isReachable()).toBe(true);

  // As after a failover, or in a firewall: nothing arrives, and nobody says so.
  for (const [client, server] of sockets) {
    client.unpipe(server).resume();
    server.unpipe(client).resume();
  }
  expect(await reachability.isReachable()).toBe(false);
  expect(await reachability.isReachable()).toBe(true);
  await reachability.close();
  for (const pair of sockets) for (const socket of pair) socket.destroy();
  between.close();
});
