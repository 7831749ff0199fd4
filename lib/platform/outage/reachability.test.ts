import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { createReachability } from "./reachability";

const LONG = { freshMs: 60_000, patienceMs: 60_000 };

test("many who want to know at once are one question, and good news are kept", async () => {
  const ask = vi.fn(async () => {});
  const { isReachable } = createReachability(ask, LONG);
  expect(await Promise.all([isReachable(), isReachable(), isReachable()])).toEqual([true, true, true]);
  expect(await isReachable()).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("bad news are asked about again at once", async () => {
  const ask = vi.fn(async () => {}).mockRejectedValueOnce(new Error("away"));
  const { isReachable } = createReachability(ask, LONG);
  expect(await isReachable()).toBe(false);
  expect(await isReachable()).toBe(true);
});

test("news that are no longer fresh are asked about again", async () => {
  const ask = vi.fn(async () => {});
  const { isReachable } = createReachability(ask, { ...LONG, freshMs: 0 });
  await isReachable();
  await isReachable();
  expect(ask).toHaveBeenCalledTimes(2);
});

test("a database that is there and silent counts as away", async () => {
  const { isReachable } = createReachability(() => new Promise(() => {}), { ...LONG, patienceMs: 1 });
  expect(await isReachable()).toBe(false);
});

test("a process that is too busy to listen does not take its database for away", async () => {
  const server = createServer((socket) => void socket.end("1")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = () => once(connect((server.address() as AddressInfo).port, "127.0.0.1"), "data");
  const { isReachable } = createReachability(ask, { ...LONG, patienceMs: 40 });
  const asked = isReachable();
  const busyUntil = performance.now() + 200;
  while (performance.now() < busyUntil);
  expect(await asked).toBe(true);
  server.close();
});
