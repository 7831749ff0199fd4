import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runNode } from "../process/run-command";
import { ROOT } from "../start/home";
import { onStopRequest } from "../start/stop-request";
import { makeCheckEnv } from "../test/check";
import { MUTANTS, type Mutant } from "./mutants";

/*
 * Breaks one rule after the other in a clone of the last commit, and runs the tests that have to notice. Words behind the
 * command choose the mutants whose rule or file holds one of them.
 */

type Verdict =
  | { kind: "noticed"; by: string }
  | { kind: "unnoticed" }
  /** No test came to run: what was written there is no program. */
  | { kind: "broken"; output: string };

type Report = {
  numFailedTests: number;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
};

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = MUTANTS.filter(
  ({ breaks, file }) =>
    words.length === 0 || words.some((word) => `${breaks} ${file}`.toLowerCase().includes(word)),
);

const stopping = new AbortController();
onStopRequest({ first: () => stopping.abort(), second: () => process.exit(130) });

const folder = await mkdtemp(join(tmpdir(), "kytkin-mutants-"));
const clone = join(folder, "clone");

async function runTests(tests: readonly string[]): Promise<{ report: Report | null; output: string }> {
  const reportFile = join(folder, "report.json");
  await rm(reportFile, { force: true });
  const { stdout, stderr } = await runNode({
    args: [
      join(clone, "node_modules/vitest/vitest.mjs"),
      "run",
      "--bail=1",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
      ...tests,
    ],
    cwd: clone,
    env: makeCheckEnv({ NODE_ENV: "test" }),
    signal: stopping.signal,
  });
  const report = await readFile(reportFile, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => null,
  );
  return { report, output: `${stdout}${stderr}` };
}

function findFailed({ testResults }: Report): string | undefined {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === "failed")?.fullName;
}

async function judge({ file, from, to, tests }: Mutant): Promise<Verdict> {
  const path = join(clone, file);
  const sound = await readFile(path, "utf8");
  const parts = sound.split(from);
  if (parts.length !== 2)
    return { kind: "broken", output: `The text stands ${parts.length - 1} times in the file, not once.` };
  await writeFile(path, parts.join(to));
  try {
    const { report, output } = await runTests(tests);
    const failed = report && findFailed(report);
    if (failed) return { kind: "noticed", by: failed };
    const ran = report?.testResults.flatMap(({ assertionResults }) => assertionResults).length ?? 0;
    return ran === 0 ? { kind: "broken", output } : { kind: "unnoticed" };
  } finally {
    await writeFile(path, sound);
  }
}

await promisify(execFile)("git", ["clone", "--quiet", ROOT, clone]);
await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
const count = { noticed: 0, unnoticed: 0, broken: 0 };
const startedAt = Date.now();
for (const mutant of chosen) {
  const begunAt = Date.now();
  const verdict = await judge(mutant).catch(
    (error: unknown): Verdict => ({ kind: "broken", output: String(error) }),
  );
  if (stopping.signal.aborted) break;
  count[verdict.kind] += 1;
  const seconds = ((Date.now() - begunAt) / 1000).toFixed(0);
  console.log(`${verdict.kind.padEnd(9)} ${mutant.breaks} (${mutant.file}, ${seconds} s)`);
  if (verdict.kind === "noticed") console.log(`          by: ${verdict.by}`);
  if (verdict.kind === "unnoticed") console.log(`          not by: ${mutant.tests.join(", ")}`);
  if (verdict.kind === "broken") console.log(verdict.output.trim().replace(/^/gm, "          "));
}
await rm(folder, { recursive: true, force: true });
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
console.log(
  `${chosen.length} mutants in ${minutes} min: ${count.noticed} noticed, ${count.unnoticed} unnoticed, ${count.broken} broken`,
);
process.exit(stopping.signal.aborted ? 130 : count.unnoticed + count.broken === 0 ? 0 : 1);
