import { expect, test } from "vitest";
import { describeFailures } from "./failures";

test("names what failed in vitest, with its error", () => {
  const report = {
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { fullName: "adds", status: "passed", failureMessages: [] },
          {
            fullName: "divides",
            status: "failed",
            failureMessages: ["expected 1 to be 2\n  at a.test.ts:7"],
          },
        ],
      },
      { name: "b.test.ts", status: "failed", message: "Cannot find module", assertionResults: [] },
      { name: "c.test.ts", status: "passed", message: "", assertionResults: [] },
    ],
  };
  expect(describeFailures(report)).toBe(
    "a.test.ts › divides\n  expected 1 to be 2\n    at a.test.ts:7\nb.test.ts\n  Cannot find module",
  );
});

test("names what failed in Playwright, however deep its suite is", () => {
  const spec = (title: string, ok: boolean) => ({
    title,
    file: "cap.spec.ts",
    line: 3,
    ok,
    tests: [{ results: [{ errors: ok ? [] : [{ message: "rows differ" }] }] }],
  });
  const inner = { specs: [spec("is kept", false)] };
  const report = { suites: [{ specs: [spec("opens", true)], suites: [inner] }] };
  expect(describeFailures(report)).toBe("cap.spec.ts:3 › is kept\n  rows differ");
});

test("cuts a long error", () => {
  const message = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n");
  const report = { testResults: [{ name: "a.test.ts", status: "failed", message, assertionResults: [] }] };
  expect(describeFailures(report).split("\n")).toHaveLength(31);
});

test("is silent about a report that it cannot read", () => {
  expect(describeFailures(null)).toBe("");
  expect(describeFailures({ stats: {} })).toBe("");
});
