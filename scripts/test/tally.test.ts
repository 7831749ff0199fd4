import { describe, expect, test } from "vitest";
import { tallyPlaywright, tallyVitest } from "./tally";

const run = { exitCode: 0, output: "words" };

describe("vitest", () => {
  const report = (passed: number, failed: number, files: { status: string; tests: string[] }[] = []) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 2,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });

  test("counts tests singly", () => {
    const files = [{ status: "failed", tests: ["failed"] }];
    expect(tallyVitest(report(7, 1, files), { ...run, exitCode: 1 })).toMatchObject({
      passed: 7,
      failed: 1,
      leftOut: 2,
    });
  });

  test("counts a file that could not be loaded", () => {
    const files = [{ status: "failed", tests: [] }];
    expect(tallyVitest(report(7, 0, files), { ...run, exitCode: 1 })).toMatchObject({ passed: 7, failed: 1 });
  });

  test("a run of no tests is a failure, even when the runner is content", () => {
    expect(tallyVitest(report(0, 0), run)).toMatchObject({ passed: 0, failed: 1 });
  });

  test("an exit code without a failed test is a failure", () => {
    expect(tallyVitest(report(7, 0), { ...run, exitCode: 1 })).toMatchObject({ passed: 7, failed: 1 });
  });

  test("a missing report is a failure that shows what the runner wrote", () => {
    const outcome = tallyVitest(null, { exitCode: 1, output: "Cannot find module" });
    expect(outcome).toMatchObject({ passed: 0, failed: 1 });
    expect(outcome.output).toContain("Cannot find module");
  });
});

describe("Playwright", () => {
  const report = (
    stats: Partial<Record<"expected" | "unexpected" | "flaky" | "skipped", number>>,
    errors: object[] = [],
  ) => ({
    stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
    errors,
  });

  test("a flaky test did not pass", () => {
    expect(tallyPlaywright(report({ expected: 5, flaky: 1 }), run)).toMatchObject({ passed: 5, failed: 1 });
  });

  test("errors outside of tests count", () => {
    const outcome = tallyPlaywright(report({ expected: 5 }, [{ message: "set-up" }]), {
      ...run,
      exitCode: 1,
    });
    expect(outcome).toMatchObject({ passed: 5, failed: 1 });
  });

  test("only skipped tests are no tests", () => {
    expect(tallyPlaywright(report({ skipped: 3 }), run)).toMatchObject({ passed: 0, failed: 1, leftOut: 3 });
  });
});
