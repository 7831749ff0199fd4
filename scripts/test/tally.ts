import { z } from "zod";

/** What a check came to. A plain check counts as one; a test runner counts its tests singly. */
export type Outcome = {
  passed: number;
  failed: number;
  /** Tests that were left out on purpose; they count as neither. */
  leftOut?: number;
  /** What to show when something failed. */
  output: string;
};

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

export type Run = { exitCode: number | null; output: string };

/** A runner that failed without naming a test, or that ran none at all, counts as one failure. */
function settle(outcome: Outcome, { exitCode }: Run): Outcome {
  const ranNone = outcome.passed + outcome.failed === 0;
  if (ranNone) return { ...outcome, failed: 1, output: `No test was run.\n${outcome.output}` };
  if (exitCode !== 0 && outcome.failed === 0) return { ...outcome, failed: 1 };
  return outcome;
}

function failWithout(report: unknown, run: Run): Outcome {
  const reason =
    report === null ? "The runner wrote no report." : "The runner's report has another shape than expected.";
  return { passed: 0, failed: 1, output: `${reason}\n${run.output}` };
}

/** Counts a report of vitest's `json` reporter; `null` means that it wrote none. */
export function tallyVitest(report: unknown, run: Run): Outcome {
  const parsed = vitestSchema.safeParse(report);
  if (!parsed.success) return failWithout(report, run);
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = parsed.data;
  const failsWithoutTest = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  const failed = numFailedTests + failsWithoutTest.length;
  return settle({ passed: numPassedTests, failed, leftOut: numPendingTests, output: run.output }, run);
}

/** Counts a report of Playwright's `json` reporter. A test that passed only when repeated did not pass. */
export function tallyPlaywright(report: unknown, run: Run): Outcome {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return failWithout(report, run);
  const { stats, errors } = parsed.data;
  const failed = stats.unexpected + stats.flaky + errors.length;
  return settle({ passed: stats.expected, failed, leftOut: stats.skipped, output: run.output }, run);
}
