import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExplainedError } from "../process/explained-error";
import { initdbPath } from "./binaries";
import type { Placement } from "./placement";
import type { ServerUser } from "./server-user";

export const ADMIN = "postgres";

/** The server and its tools get nothing of our environment. */
export const SERVER_ENV = { LC_ALL: "C", LANG: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };

export const dataFolder = (placement: Placement): string => join(placement.directory, "data");

/** Every cluster has it; `directory` is its placement's. */
export const clusterVersionFile = (directory: string): string => join(directory, "data", "PG_VERSION");

export const hasCluster = (placement: Placement): boolean => existsSync(dataFolder(placement));

export type ClusterOptions = {
  placement: Placement;
  user: ServerUser | null;
  adminPassword: string;
  isDurable: boolean;
};

async function runInitdb(
  { placement, user, isDurable }: ClusterOptions,
  data: string,
  passwordFile: string,
): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The same order and upper case of every language's letters on every machine.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    ...(isDurable ? [] : ["--no-sync"]),
  ];
  const child = spawn(initdbPath(placement.native), args, {
    ...user,
    cwd: placement.directory,
    env: { ...SERVER_ENV, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw new ExplainedError(`The database could not be set up (exit code ${code}):\n${output.trim()}`);
}

/** Makes the cluster when there is none. One that was interrupted leaves nothing that looks finished. */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { placement, user, adminPassword } = options;
  if (hasCluster(placement)) return;
  const unfinished = join(placement.directory, "data.new");
  const passwordFile = join(placement.directory, "password.new");
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${adminPassword}\n`, { mode: 0o600, flag: "wx" });
  try {
    if (user) await chown(passwordFile, user.uid, user.gid);
    await runInitdb(options, unfinished, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, dataFolder(placement));
}
