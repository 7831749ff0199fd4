import { spawn } from "node:child_process";

export type CommandResult = { code: number | null; stdout: string; stderr: string };

export type Command = {
  args: readonly string[];
  cwd: string;
  env: Record<string, string | undefined>;
  /** Ends the command when it fires. */
  signal?: AbortSignal;
};

/** Runs a Node program to its end and collects what it wrote. */
export function runNode({ args, cwd, env, signal }: Command): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A Ctrl-C at the terminal reaches only us; we end the command by the signal.
    detached: true,
    signal,
    killSignal: "SIGTERM",
  });
  const result: CommandResult = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    result.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    result.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...result, code }));
  });
}

/** The arguments that make Node run a TypeScript file. */
export const typeScriptArgs = (file: string): string[] => ["--import", "tsx", file];
