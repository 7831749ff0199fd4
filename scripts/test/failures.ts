import { z } from "zod";

const LINES_OF_A_FAILURE = 30;

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(""),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default("") })) })),
    }),
  ),
});
const suiteSchema = z.object({
  specs: z.array(specSchema).default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema) });

type Suite = z.infer<typeof suiteSchema>;
type Spec = z.infer<typeof specSchema>;

const listSpecs = ({ specs, suites }: Suite): Spec[] => [...specs, ...suites.flatMap(listSpecs)];

const tell = (where: string, messages: readonly string[]): string =>
  [where, ...messages.join("\n").split("\n").slice(0, LINES_OF_A_FAILURE)].join("\n  ");

function listVitestFailures(report: unknown): string[] {
  const parsed = vitestSchema.safeParse(report);
  if (!parsed.success) return [];
  return parsed.data.testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [tell(name, [message])];
      return failed.map(({ fullName, failureMessages }) => tell(`${name} › ${fullName}`, failureMessages));
    });
}

function listPlaywrightFailures(report: unknown): string[] {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return [];
  return parsed.data.suites
    .flatMap(listSpecs)
    .filter(({ ok }) => !ok)
    .map(({ file, line, title, tests }) =>
      tell(
        `${file}:${line} › ${title}`,
        tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message))),
      ),
    );
}

/**
 * The tests that failed, each with the beginning of its error, from the JSON report of vitest or of Playwright; empty
 * when nothing failed or the report cannot be read. It is shown before all that the runner wrote: where a log is cut,
 * the reason must not be what is lost.
 */
export function describeFailures(report: unknown): string {
  return [...listVitestFailures(report), ...listPlaywrightFailures(report)].join("\n");
}
