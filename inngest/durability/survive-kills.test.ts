import { expect, test } from "vitest";
import { type Plan, surviveKills } from "./survive-kills";

/** Of one worker: more cannot be under way when it is killed. */
const CALLS_AT_ONCE = 10;

test("workers that are killed at work lose nothing and double nothing", { timeout: 180_000 }, async () => {
  const plan: Plan = {
    workers: 2,
    runs: 30,
    steps: "nine",
    killEveryMs: 1500,
    kills: 2,
    maxNapSeconds: 2,
    graceMs: 120_000,
  };
  const { afterLastKillMs, repeated } = await surviveKills(plan);
  expect(afterLastKillMs).toBeLessThan(plan.graceMs);
  expect(repeated).toBeLessThanOrEqual(plan.kills * CALLS_AT_ONCE);
});
