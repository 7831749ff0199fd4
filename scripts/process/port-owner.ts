import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { findCommand } from "./identity";

const LISTENING = "0A";

function findListeningSockets(port: number): Set<string> {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTENING) sockets.add(`socket:[${fields[9]}]`);
    }
  }
  return sockets;
}

function hasOneOf(pid: string, sockets: Set<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => sockets.has(readlinkSync(`${folder}/${descriptor}`)));
  } catch {
    // Another user's process, or one that ended meanwhile.
    return false;
  }
}

function findOnLinux(port: number): number | null {
  const sockets = findListeningSockets(port);
  const pid = readdirSync("/proc").find((entry) => /^\d+$/.test(entry) && hasOneOf(entry, sockets));
  return pid === undefined ? null : Number(pid);
}

function findWithLsof(port: number): number | null {
  const output = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"], { encoding: "utf8" });
  return Number(output.split("\n")[0]) || null;
}

/** Who listens on a port, in words; null when it cannot be found out. */
export function describePortOwner(port: number): string | null {
  try {
    const pid = process.platform === "linux" ? findOnLinux(port) : findWithLsof(port);
    if (pid === null) return null;
    const command = findCommand(pid);
    return command ? `process ${pid} (${command.slice(0, 80)})` : `process ${pid}`;
  } catch {
    return null;
  }
}
