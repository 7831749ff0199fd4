import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** A process id is reused after its process ends; together with the moment of its start it names one process for good. */
export type ProcessIdentity = { pid: number; startedAt: string };

function readLinuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the command in brackets and may hold spaces; the start time is the 20th after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended: nobody has read its exit code yet.
  if (fields[0] === "Z") throw new Error("ended");
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot}:${fields[19]}`;
}

function readStart(pid: number): string | null {
  try {
    if (process.platform === "linux") return readLinuxStart(pid);
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** The identity of a running process, or null when there is none with this id. */
export function findProcess(pid: number): ProcessIdentity | null {
  const startedAt = readStart(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** The command line of a process, or null when it cannot be read. */
export function findCommand(pid: number): string | null {
  try {
    const command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
        : execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.trim() || null;
  } catch {
    return null;
  }
}

/** The arguments of a process, the command first; null when they cannot be read one by one. */
function findArguments(pid: number): string[] | null {
  if (process.platform !== "linux") return null;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return null;
  }
}

/** Whether two paths lead to the same file or folder, whatever they are called; false when one leads nowhere we may look. */
function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}

/**
 * Whether a process was started with `flag` and this folder, or works in it; a folder that was renamed since is known by
 * what it is, not by its name.
 */
export function worksIn(pid: number, flag: string, folder: string): boolean {
  if (process.platform === "linux" && isSameFile(`/proc/${pid}/cwd`, folder)) return true;
  const args = findArguments(pid);
  if (args === null) return findCommand(pid)?.includes(`${flag} ${folder} `) ?? false;
  const given = args[args.indexOf(flag) + 1];
  return args.includes(flag) && given !== undefined && isSameFile(given, folder);
}

/** Whether a process writes its output to this file; always false where the system does not tell. */
export function writesTo(pid: number, file: string): boolean {
  return process.platform === "linux" && isSameFile(`/proc/${pid}/fd/1`, file);
}
