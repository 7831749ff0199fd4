import { readFileSync } from "node:fs";
import { chmod, mkdir, rename, stat, writeFile } from "node:fs/promises";
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
  files: { ports: string; secrets: string; run: string; demo: string; postgres: string };
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

/** Makes the folders. Throws in words when the home is another user's. */
export async function prepareHome(home: Home): Promise<void> {
  await mkdir(home.directory, { recursive: true });
  const { uid } = await stat(home.directory);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me) {
    throw new ExplainedError(
      `${home.directory} belongs to another user (user id ${uid}): Kytkin was started by that user before.\n` +
        "Start it as that user, or set KYTKIN_HOME to a folder of your own.",
    );
  }
  // Others may pass through to what is theirs (as root, the database's user), and list nothing.
  await chmod(home.directory, 0o711);
  for (const folder of [home.logs, home.mail, home.sandbox])
    await mkdir(folder, { recursive: true, mode: 0o700 });
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

/** Writes a JSON file whole or not at all, readable by us alone. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const unfinished = `${file}.${process.pid}.new`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
