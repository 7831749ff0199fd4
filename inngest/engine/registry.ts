import { Cron } from "croner";
import { z } from "zod";
import { compileCondition } from "./condition";
import { parseDueAt } from "./time";

const MAX_RETRIES = 20;
/** What Inngest's server does when a function names no `retries`. */
const DEFAULT_RETRIES = 4;

const eventTrigger = z.strictObject({ event: z.string(), expression: z.string().optional() });
const cronTrigger = z.strictObject({ cron: z.string() });
/** Inngest's own limit for one function. */
const MAX_CONCURRENCY_RULES = 2;
const concurrencyRule = z.strictObject({
  limit: z.int().min(1),
  key: z.string().optional(),
  scope: z.literal("fn").optional(),
});

/** Options of a function that the engine implements. Anything else stops the start: nothing is silently ignored. */
const functionSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  triggers: z.array(z.union([eventTrigger, cronTrigger])),
  steps: z.looseObject({
    step: z.looseObject({ retries: z.object({ attempts: z.int().min(0).max(MAX_RETRIES) }).optional() }),
  }),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .default([]),
  concurrency: z
    .union([z.int().min(1), concurrencyRule, z.array(concurrencyRule).max(MAX_CONCURRENCY_RULES)])
    .transform((value) => (typeof value === "number" ? [{ limit: value }] : [value].flat()))
    .default([]),
  idempotency: z.string().optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  timeouts: z.strictObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
});

type ParsedFunction = z.infer<typeof functionSchema>;

export type RegisteredFunction = Omit<ParsedFunction, "triggers" | "steps"> & {
  events: z.infer<typeof eventTrigger>[];
  crons: CronExpression[];
  maxAttempts: number;
};
/** At most `limit` calls at once, of the function or of those of its runs that have the same key. */
export type ConcurrencyRule = ParsedFunction["concurrency"][number];

/** `text` is what the function says, time zone included; it names the schedule in the database. */
export type CronExpression = { text: string; pattern: string; timezone: string | undefined };

export type Registry = ReadonlyMap<string, RegisteredFunction>;

/** Checks every function of a sync answer. Throws one error that names each refused option and its function. */
export function buildRegistry(functions: readonly unknown[]): Registry {
  const registry = new Map<string, RegisteredFunction>();
  const refusals: string[] = [];
  for (const config of functions) {
    const parsed = functionSchema.safeParse(config);
    if (!parsed.success) {
      refusals.push(...parsed.error.issues.map((issue) => describeRefusal(config, issue)));
      continue;
    }
    try {
      registry.set(parsed.data.id, register(parsed.data));
    } catch (error) {
      refusals.push(
        `function "${parsed.data.id}": ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (refusals.length > 0)
    throw new Error(`The embedded engine cannot run these functions:\n${refusals.join("\n")}`);
  return registry;
}

function describeRefusal(config: unknown, issue: z.core.$ZodIssue): string {
  const id = z.object({ id: z.string() }).safeParse(config).data?.id ?? "(without id)";
  const option = [...issue.path, ...(issue.code === "unrecognized_keys" ? [issue.keys.join(", ")] : [])].join(
    ".",
  );
  return `function "${id}": option "${option}" is not implemented (${issue.message})`;
}

function register({ triggers, steps, ...config }: ParsedFunction): RegisteredFunction {
  const events = triggers.filter((trigger) => "event" in trigger);
  const expressions = [
    ...events.map((trigger) => trigger.expression),
    ...config.cancel.map((rule) => rule.if),
    ...config.concurrency.map((rule) => rule.key),
    config.idempotency,
    config.singleton?.key,
  ];
  for (const expression of expressions) if (expression) compileCondition(expression);
  const durations = [
    config.timeouts?.start,
    config.timeouts?.finish,
    ...config.cancel.map((rule) => rule.timeout),
  ];
  for (const duration of durations) if (duration) parseDueAt(duration, new Date());
  return {
    ...config,
    events,
    crons: triggers.filter((trigger) => "cron" in trigger).map((trigger) => parseCron(trigger.cron)),
    maxAttempts: (steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
  };
}

/** `TZ=Europe/Helsinki 0 3 * * *`; without a zone it is UTC, as on Inngest. Throws when it is no cron expression. */
export function parseCron(text: string): CronExpression {
  const [, timezone, pattern = text] = /^TZ=(\S+)\s+(.*)$/.exec(text) ?? [];
  const expression = { text, pattern, timezone };
  nextCronAt(expression, new Date());
  return expression;
}

/** The first firing strictly after `after`. */
export function nextCronAt({ text, pattern, timezone }: CronExpression, after: Date): Date {
  const next = new Cron(pattern, { timezone: timezone ?? "UTC", paused: true }).nextRun(after);
  if (!next) throw new Error(`cron "${text}" never fires`);
  return next;
}
