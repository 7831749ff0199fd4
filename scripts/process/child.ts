import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { ExplainedError } from "./explained-error";
import { openLog, readTail } from "./log-file";
import { waitUntil } from "./wait-until";

export type ChildSpec = {
  /** What people call it, e.g. `portal`; also the name of its log. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment: nothing is inherited. */
  env: Record<string, string>;
  cwd: string;
  /** Runs as this user; only root may say so. */
  user?: { uid: number; gid: number };
  /** What asks it to end in good order. */
  stopSignal: "SIGTERM" | "SIGINT";
  /** What ends it at once. */
  killSignal: NodeJS.Signals;
  /** How long it may take to end in good order. */
  stopTimeoutMs: number;
  /**
   * Whether the child that was started at `startedAt` does its work. What an earlier process or a stranger does must not
   * count. A throw ends the wait.
   */
  isReady: (startedAt: Date) => Promise<boolean>;
  readyTimeoutMs: number;
  /** Where it will listen, on the loopback addresses. The supervisor starts it only when nobody else does. */
  ports?: readonly number[];
};

export type ChildExit = { code: number | null; signal: NodeJS.Signals | null };

export type Child = {
  spec: ChildSpec;
  pid: number;
  startedAt: Date;
  logFile: string;
  /** Resolves when it ended, however it ended. */
  exited: Promise<ChildExit>;
  hasExited(): boolean;
  /** Asks it to end; ends it at once when it does not. */
  stop(): Promise<void>;
  /** Ends it and its own children at once. */
  kill(): void;
  /** Ends the children that it left behind when it ended: they would hold its port. */
  killRemains(): void;
};

/** Signals one process, or with a negative id its whole group. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

/**
 * Starts a process in a group of its own, so that a Ctrl-C at the terminal reaches only us and we decide on the order.
 * Its output goes to the log. Throws when the command cannot be run.
 */
export function startChild(spec: ChildSpec, logFile: string): Child {
  const log = openLog(logFile);
  const startedAt = new Date();
  const started = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { NODE_ENV: "production", ...spec.env },
    stdio: ["ignore", log, log],
    detached: true,
    ...spec.user,
  });
  let hasExited = false;
  const exited = new Promise<ChildExit>((resolve) => {
    started.once("exit", (code, endedBy) => {
      hasExited = true;
      resolve({ code, signal: endedBy });
    });
  });
  closeSync(log);
  // Without a listener an unknown command would end our own process; the missing id below tells of it.
  started.once("error", () => {});
  const pid = started.pid;
  if (pid === undefined)
    throw new ExplainedError(`The ${spec.name} cannot be started: ${spec.command} does not run.`);
  return {
    spec,
    pid,
    startedAt,
    logFile,
    exited,
    hasExited: () => hasExited,
    stop: async () => {
      if (hasExited) return;
      // Only the process itself is asked: it knows how to end its own children.
      signal(pid, spec.stopSignal);
      const ended = await waitUntil(() => hasExited, spec.stopTimeoutMs);
      if (!ended) signal(-pid, "SIGKILL");
      await exited;
    },
    kill: () => {
      if (!hasExited) signal(-pid, spec.killSignal);
    },
    killRemains: () => signal(-pid, "SIGKILL"),
  };
}

export function describeExit(exit: ChildExit): string {
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
}

/** Waits until the child answers. Throws in words when it ends or stays silent. */
export async function waitUntilReady(child: Child): Promise<void> {
  const { name, isReady, readyTimeoutMs } = child.spec;
  const isSettled = async () => child.hasExited() || (await isReady(child.startedAt));
  const settled = await waitUntil(isSettled, readyTimeoutMs);
  if (settled && !child.hasExited()) return;
  const what = settled
    ? `The ${name} ended while it was starting (${describeExit(await child.exited)}).`
    : `The ${name} did not answer within ${readyTimeoutMs / 1000} s.`;
  throw new ExplainedError(`${what}\nThe end of ${child.logFile}:\n${readTail(child.logFile)}`);
}
