import { expect, test } from "vitest";
import { surviveKills } from "./survive-kills";

test("2,000 runs outlive a minute in which one of three workers is killed every two seconds", {
  timeout: 900_000,
}, async () => {
  const plan = { workers: 3, runs: 2000, killEveryMs: 2000, kills: 30, maxNapSeconds: 10, graceMs: 720_000 };
  const { endedBefore, afterLastKillMs, repeated } = await surviveKills(plan);
  process.stderr.write(
    `${plan.kills} kills; ${endedBefore} of ${plan.runs} runs had ended at the last one, `,
  );
  process.stderr.write(`all of them ${(afterLastKillMs / 1000).toFixed(1)} s after it; `);
  process.stderr.write(`${repeated} of ${plan.runs * 6} steps were done again\n`);
  // A machine that does other things too may take longer; the goal is a minute.
  expect(afterLastKillMs).toBeLessThan(plan.graceMs);
});
