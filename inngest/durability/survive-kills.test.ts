import { expect, test } from "vitest";
import { surviveKills } from "./survive-kills";

test("workers that are killed at work lose nothing and double nothing", { timeout: 60_000 }, async () => {
  const plan = { workers: 2, runs: 60, killEveryMs: 1500, kills: 3, maxNapSeconds: 2, graceMs: 40_000 };
  const { afterLastKillMs } = await surviveKills(plan);
  expect(afterLastKillMs).toBeLessThan(plan.graceMs);
});
