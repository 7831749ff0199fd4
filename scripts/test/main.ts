import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeFailure } from "../process/explained-error";
import { onStopRequest } from "../start/stop-request";
import { runBrowserTests } from "./browser-tests";
import type { Check } from "./check";
import { build, imports, lint, types, unused } from "./plain-checks";
import { runVitest } from "./runners";
import type { Outcome } from "./tally";

const reports = await mkdtemp(join(tmpdir(), "kytkin-reports-"));
const aborting = new AbortController();
onStopRequest({ first: () => aborting.abort(), second: () => process.exit(130) });

const kills: Check = {
  name: "Processes killed at random",
  run: (signal) =>
    runVitest({
      reportFile: join(reports, "kill.json"),
      config: "vitest.kill.config.ts",
      env: { KILL_REQUESTS: "10", KILL_ROWS: "200", KILL_FILE_ROWS: "20" },
      signal,
    }),
};
const unit: Check = {
  name: "Unit and database tests",
  run: (signal) => runVitest({ reportFile: join(reports, "vitest.json"), signal }),
};
const browser: Check = {
  name: "Browser tests",
  run: (signal) => runBrowserTests(join(reports, "playwright.json"), signal),
};

/**
 * One after the other, but that what waits for processes to come back runs beside what needs one core. The build comes
 * first: the killed processes and the browser's are of it.
 */
const STAGES: readonly (readonly Check[])[][] = [
  [[lint, build]],
  [[types, imports, unused], [kills]],
  [[unit]],
  [[browser]],
];

async function runCheck({ name, run }: Check): Promise<Outcome> {
  const startedAt = Date.now();
  const outcome = await run(aborting.signal).catch(
    (error: unknown): Outcome => ({ passed: 0, failed: 1, output: describeFailure(error) }),
  );
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const leftOut = outcome.leftOut ? `, ${outcome.leftOut} left out` : "";
  const counts = `${outcome.passed} passed, ${outcome.failed} failed${leftOut}`;
  console.log(`${outcome.failed === 0 ? "ok  " : "FAIL"}  ${name}: ${counts} (${seconds} s)`);
  if (outcome.failed > 0) console.log(`${outcome.output.trim().replace(/^/gm, "      ")}\n`);
  return outcome;
}

async function runInOrder(checks: readonly Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) if (!aborting.signal.aborted) outcomes.push(await runCheck(check));
  return outcomes;
}

const total = { passed: 0, failed: 0 };
for (const lanes of STAGES) {
  const outcomes = await Promise.all(lanes.map(runInOrder));
  for (const { passed, failed } of outcomes.flat()) {
    total.passed += passed;
    total.failed += failed;
  }
}
await rm(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(aborting.signal.aborted ? 130 : total.failed === 0 ? 0 : 1);
