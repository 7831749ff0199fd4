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
