import { expect, test } from "vitest";
import { surviveKills } from "./survive-kills";

test("2,000 runs outlive a minute in which one of three workers is killed every two seconds", {
  timeout: 900_000,
}, async () => {
  const plan = { workers: 3, runs: 2000, killEveryMs: 2000, kills: 30, maxNapSeconds: 25, graceMs: 720_000 };
  const { afterLastKillMs, repeated } = await surviveKills(plan);
  process.stderr.write(`all over ${afterLastKillMs} ms after the last of ${plan.kills} kills; `);
  process.stderr.write(`${repeated} of ${plan.runs * 6} steps were done again\n`);
  expect(afterLastKillMs).toBeLessThan(plan.graceMs);
});
