import { readFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { ExplainedError } from "../process/explained-error";

/** The folder that one installation keeps everything in: data, secrets, ports, logs. */
export type Home = {
  directory: string;
  logs: string;
  mail: string;
  sandbox: string;
  /** The preferred place of the database; `files.postgres` tells the real one. */
  postgres: string;
  files: { mark: string; ports: string; secrets: string; run: string; demo: string; postgres: string };
};

export const ROOT = join(import.meta.dirname, "..", "..");

export function describeHome(name: string): Home {
  const directory = isAbsolute(name) ? name : join(ROOT, name);
  const inside = (path: string) => join(directory, path);
  return {
    directory,
    logs: inside("logs"),
    mail: inside("mail"),
    sandbox: inside("sandbox"),
    postgres: inside("postgres"),
    files: {
      mark: inside("home.json"),
      ports: inside("ports.json"),
      secrets: inside("secrets.json"),
      run: inside("run.json"),
      demo: inside("demo.json"),
      postgres: inside("postgres.json"),
    },
  };
}

export function logFile(home: Home, name: string): string {
  return join(home.logs, `${name.replaceAll(" ", "-")}.log`);
}

/** Reads a JSON file of the home; null when there is none. Throws in words when it is damaged. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ExplainedError(
      `${file} is damaged: it is not JSON. Restore it, or start over with \`npm run reset\`.`,
    );
  }
}

/** Writes a JSON file whole or not at all, also when the power goes; readable by us alone. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const unfinished = `${file}.${process.pid}.new`;
  try {
    const handle = await open(unfinished, "w", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    // On a full disk the beginning of a file is what fills it.
    await rm(unfinished, { force: true }).catch(() => {});
    // An open file's errors do not name it.
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  }
}
