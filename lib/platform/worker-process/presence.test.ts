import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { workerProcesses } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { rewrapDataKeys } from "@/lib/platform/seal/rewrap-data-keys";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { enterWorker } from "./keep-presence";
import { measureClock } from "./measure-clock";
import { listRunningWorkers } from "./queries";
import { CLOCK_REFUSE_MS, judgeClock } from "./rules";

let database: TestDatabase;
let context: WorkerContext;
let operator: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  operator = await createOperator(database);
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
afterEach(() => database.admin.orm.delete(workerProcesses));

const list = () => asOperator(database, operator, listRunningWorkers);
/** A clock that is wrong by this much. */
const wrongBy = (ms: number) => () => Date.now() + ms;
const MINUTE_MS = 60_000;

describe("a clock", () => {
  test.each([-7000, 0, 7000])("that is %i ms ahead is measured to a fraction of that", async (ms) => {
    // The test's database is on this machine: what is measured is what was made wrong.
    const measured = await measureClock(database.worker, wrongBy(ms));
    expect(Math.abs(measured + ms)).toBeLessThan(2000);
  });

  test("is judged alike in both directions", () => {
    expect([0, 999, 1000, 9999, 10_000].map(judgeClock)).toEqual(["fine", "fine", "off", "off", "unfit"]);
    expect([-999, -1000, -10_000].map(judgeClock)).toEqual(["fine", "off", "unfit"]);
  });

  test("that is too far off keeps the worker from starting, with words", async () => {
    await expect(enterWorker(context, wrongBy(CLOCK_REFUSE_MS + MINUTE_MS))).rejects.toThrow(
      /\d+ s ahead of the database/,
    );
    await expect(enterWorker(context, wrongBy(-CLOCK_REFUSE_MS - MINUTE_MS))).rejects.toThrow(/s behind/);
    expect(await list()).toEqual([]);
  });

  test("is measured again after an hour", async () => {
    let wrongMs = 0;
    const presence = await enterWorker(context, () => Date.now() + wrongMs);
    wrongMs = 30_000;
    await presence.beat(new Date(Date.now() + 59 * MINUTE_MS));
    expect(Math.abs(only(await list()).clockOffsetMs)).toBeLessThan(2000);
    await presence.beat(new Date(Date.now() + 61 * MINUTE_MS));
    expect(only(await list()).clockOffsetMs).toBeLessThan(-28_000);
  });
});

test("a worker is listed from its start until it leaves or has been silent for a minute", async () => {
  const [one, two] = [await enterWorker(context), await enterWorker(context)];
  expect((await list()).map((worker) => worker.keyIds)).toEqual([
    ["first", "gateway/first", "intake/first"],
    ["first", "gateway/first", "intake/first"],
  ]);
  await one.leave();
  expect(await list()).toHaveLength(1);
  await database.admin.orm.update(workerProcesses).set({ seenAt: new Date(Date.now() - 61_000) });
  expect(await list()).toEqual([]);
  await two.beat();
  expect(await list()).toHaveLength(1);
});

test("keys are not rotated while a worker runs that does not know the new one", async () => {
  const [older] = context.keys.rings.vendor;
  if (!older) throw new Error("no key");
  const second = { id: "second", key: Buffer.alloc(32, 2) };
  const rotated = {
    ...context,
    keys: { ...context.keys, rings: { ...context.keys.rings, vendor: [second, older] } },
  };
  const behind = await enterWorker(context);
  await expect(rewrapDataKeys(rotated)).rejects.toThrow(/1 running worker\(s\) do not know "second"/);
  await behind.leave();
  const following = await enterWorker(rotated);
  expect(await rewrapDataKeys(rotated)).toBe(0);
  await following.leave();
});
