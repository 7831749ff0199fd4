import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { createLimiter } from "./create-limiter";
import { limitOf } from "./schema";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const LASTS_MS = 6000;
/** All begin at once, which gives all places out together: the heap dissolves within two windows. */
const SETTLES_MS = 2000;
const CALL_MS = 10;

/** As many callers as there are tenants, each with one call after the other; gives how many calls each tenant had once that has settled. */
async function share(key: string, tenants: readonly string[], requestsPerSecond = 20): Promise<number[]> {
  const context = makeWorkerContext(database);
  const from = performance.now() + SETTLES_MS;
  const end = from + LASTS_MS;
  return Promise.all(
    tenants.map(async (tenant) => {
      let calls = 0;
      while (performance.now() < end) {
        const giveBack = await createLimiter(context, limitOf(key, requestsPerSecond), tenant).take();
        await new Promise((resolve) => setTimeout(resolve, CALL_MS));
        giveBack();
        // Those that still wait at the end have one more each, which is none of the share.
        const at = performance.now();
        if (at >= from && at <= end) calls += 1;
      }
      return calls;
    }),
  );
}
const many = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => name(index));
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Of the vendors' limits the one that many calls meet first: 10 a second for a whole platform. */
const NARROW = 10;

describe("a caller that goes one by one has at least 40 % of the pace", () => {
  test.each<[string, string, (index: number) => string]>([
    ["20 at once of another customer", "gateway/one", () => "gateway/other"],
    ["20 at once of its own customer's background work", "gateway/one", () => "one"],
    ["background work of 20 customers", "gateway/one", (index) => `customer ${index}`],
    [
      "as what somebody delivers, background work of 20 customers",
      "writes/one",
      (index) => `customer ${index}`,
    ],
  ])("beside %s", async (name, steady, tenantOf) => {
    const [own, ...others] = await share(name, [steady, ...many(20, tenantOf)], NARROW);
    expect((own ?? 0) / sum([own ?? 0, ...others])).toBeGreaterThanOrEqual(0.4);
  });
});

test("background work keeps a share beside as much of the others as there may be", async () => {
  const background = many(5, (index) => `customer ${index}`);
  const others = many(40, (index) => (index % 2 === 0 ? `gateway/${index}` : `writes/${index}`));
  const counts = await share("all", [...background, ...others]);
  const part = sum(counts.slice(0, background.length)) / sum(counts);
  expect(part).toBeGreaterThanOrEqual(0.15);
  expect(part).toBeLessThanOrEqual(0.3);
});

test("a class that comes back after a while makes up for nothing", async () => {
  await share(
    "back",
    many(10, (index) => `customer ${index}`),
  );
  const counts = await share("back", [
    ...many(10, (index) => `customer ${index}`),
    ...many(10, (index) => `gateway/${index}`),
  ]);
  const background = sum(counts.slice(0, 10)) / sum(counts);
  expect(background).toBeGreaterThanOrEqual(0.25);
});
