import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runNode } from "../process/run-command";
import { ROOT } from "../start/home";
import { makeCheckEnv } from "./check";
import { describeFailures } from "./failures";
import { type Outcome, tallyPlaywright, tallyVitest } from "./tally";

type RunnerOptions = { reportFile: string; env?: Record<string, string>; signal: AbortSignal };
/** `config`: another file than vitest's own. */
type VitestOptions = RunnerOptions & { config?: string };

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

const joinOutput = (report: unknown, ...written: string[]): string =>
  [describeFailures(report), ...written].filter(Boolean).join("\n");

/** Unit and database tests. */
export async function runVitest({ reportFile, env, signal, config }: VitestOptions): Promise<Outcome> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  if (config) reporters.push(`--config=${config}`);
  const { code, stdout, stderr } = await runNode({
    args: [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...reporters],
    cwd: ROOT,
    env: makeCheckEnv({ ...env, NODE_ENV: "test" }),
    signal,
  });
  const report = await readReport(reportFile);
  return tallyVitest(report, { exitCode: code, output: joinOutput(report, stdout, stderr) });
}

/** Browser tests, against the product that `env` leads to. */
export async function runPlaywright({ reportFile, env, signal }: RunnerOptions): Promise<Outcome> {
  const { code, stdout, stderr } = await runNode({
    args: [join(ROOT, "node_modules/@playwright/test/cli.js"), "test", "--reporter=list,json"],
    cwd: ROOT,
    env: makeCheckEnv({ ...env, NODE_ENV: "test", PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
    signal,
  });
  const report = await readReport(reportFile);
  return tallyPlaywright(report, { exitCode: code, output: joinOutput(report, stdout, stderr) });
}
