import { parseArgs } from "node:util";
import { z } from "zod";
import { isAppError } from "@/lib/core/app-error";
import { createWorkerContext } from "@/lib/platform/create-worker-context";
import type { WorkerContext } from "@/lib/platform/worker-context";

export type CommandLine<S extends z.ZodType> = {
  /** Printed with `--help` and after a mistake. */
  usage: string;
  /** `--name value`, or with `type: "boolean"` `--name`. */
  options?: Record<string, { type: "string" | "boolean" }>;
  /** The words after the command, in order, as fields of the input. */
  words?: readonly string[];
  input: S;
  run(context: WorkerContext, input: z.infer<S>): Promise<void>;
};

export const say = (words: string): void => {
  process.stdout.write(`${words}\n`);
};

/** Runs an operator's command in the worker's environment. A mistake is said on standard error, with exit code 1. */
export async function runCommandLine<S extends z.ZodType>(command: CommandLine<S>): Promise<void> {
  if (process.argv.includes("--help")) return say(command.usage);
  const fail = (words: string): void => {
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  };
  let context: WorkerContext | undefined;
  try {
    const input = readInput(command);
    context = createWorkerContext(2);
    await command.run(context, input);
  } catch (error) {
    fail(explain(error));
  } finally {
    await context?.database.close();
  }
}

function readInput<S extends z.ZodType>({
  options = {},
  words = [],
  input,
  usage,
}: CommandLine<S>): z.infer<S> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const named = positionals.map((word, index) => [words[index] ?? `word ${index + 1}`, word] as const);
    return input.parse({ ...values, ...Object.fromEntries(named) });
  } catch (error) {
    throw new Error(`${explain(error)}\n\n${usage}`);
  }
}

function explain(error: unknown): string {
  if (isAppError(error)) return error.detail ?? error.code;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (!(error instanceof Error)) return String(error);
  // A statement that failed says what it was; the database says why.
  return error.cause instanceof Error ? `${error.cause.message}\n${error.message}` : error.message;
}
