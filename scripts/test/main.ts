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

const CHECKS: readonly Check[] = [
  lint,
  types,
  imports,
  unused,
  {
    name: "Unit and database tests",
    run: (signal) => runVitest({ reportFile: join(reports, "vitest.json"), signal }),
  },
  build,
  {
    name: "Processes killed at random",
    run: (signal) =>
      runVitest({
        reportFile: join(reports, "kill.json"),
        config: "vitest.kill.config.ts",
        env: { KILL_REQUESTS: "10" },
        signal,
      }),
  },
  { name: "Browser tests", run: (signal) => runBrowserTests(join(reports, "playwright.json"), signal) },
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

const total = { passed: 0, failed: 0 };
for (const check of CHECKS) {
  if (aborting.signal.aborted) break;
  const { passed, failed } = await runCheck(check);
  total.passed += passed;
  total.failed += failed;
}
await rm(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(aborting.signal.aborted ? 130 : total.failed === 0 ? 0 : 1);
