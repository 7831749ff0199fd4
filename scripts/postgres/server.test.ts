import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Child, startChild, waitUntilReady } from "../process/child";
import { chooseFreePort } from "../process/port";
import { requireDiskSpace } from "./disk-space";
import { adminUrl, prepareServer } from "./server";

const PASSWORD = "an ordinary password: with / and @";

let folder: string;
let place: string | null;
let children: Child[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kytkin-server-"));
  await chmod(folder, 0o711);
  place = null;
  children = [];
});
afterEach(async () => {
  for (const child of children) await child.stop();
  if (place !== null) await rm(place, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function start(isDurable = false): Promise<{ child: Child; sql: Sql }> {
  const port = await chooseFreePort();
  const server = await prepareServer({
    preferredDirectory: join(folder, "postgres"),
    knownDirectory: place,
    port,
    adminPassword: PASSWORD,
    isDurable,
    maxConnections: 10,
  });
  place = server.directory;
  const child = startChild(server.spec, join(folder, "postgres.log"));
  children.push(child);
  await waitUntilReady(child);
  return { child, sql: postgres(`${adminUrl(port, PASSWORD)}/postgres`, { max: 1, onnotice: () => {} }) };
}

async function writeNote({ sql }: { sql: Sql }): Promise<void> {
  await sql`create table notes (words text)`;
  await sql`insert into notes values ('Åström')`;
  await sql.end();
}

async function readNote({ sql }: { sql: Sql }): Promise<unknown> {
  const [row] = await sql`select words, lower(words) as lower from notes`;
  await sql.end();
  return row;
}

const NOTE = { words: "Åström", lower: "åström" };
const pidFile = (): string => join(place ?? "", "data", "postmaster.pid");

test("data outlives a stop, and upper case is known beyond ASCII", async () => {
  const first = await start();
  await writeNote(first);
  await first.child.stop();
  expect(await readNote(await start())).toEqual(NOTE);
});

test("data outlives a server that was killed with all its processes", async () => {
  const first = await start(true);
  await writeNote(first);
  process.kill(-first.child.pid, "SIGKILL");
  await first.child.exited;
  expect(await readNote(await start())).toEqual(NOTE);
});

test("a server that still runs on the data is stopped first", async () => {
  const first = await start();
  await writeNote(first);
  expect(await readNote(await start())).toEqual(NOTE);
  expect(await first.child.exited).toEqual({ code: 0, signal: null });
});

test("a process id in postmaster.pid that is another program's now does no harm", async () => {
  const first = await start();
  await writeNote(first);
  const content = await readFile(pidFile(), "utf8");
  await first.child.stop();
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  try {
    await writeFile(pidFile(), content.replace(/^\d+/, String(other.pid)));
    expect(await readNote(await start())).toEqual(NOTE);
    expect(other.exitCode).toBeNull();
  } finally {
    other.kill("SIGKILL");
  }
});

test("under a folder that nobody else may enter it is put where its own user can reach it", async () => {
  await chmod(folder, 0o700);
  const first = await start();
  await writeNote(first);
  await first.child.stop();
  // Only as root does the server run as another user.
  expect(place === join(folder, "postgres")).toBe(process.getuid?.() !== 0);
  expect(await readNote(await start())).toEqual(NOTE);
});

test("a wrong password does not get in", async () => {
  const { sql } = await start();
  const { port } = sql.options;
  await sql.end();
  const stranger = postgres(`${adminUrl(Number(port[0]), "wrong")}/postgres`, { max: 1 });
  await expect(stranger`select 1`).rejects.toThrow(/password authentication failed/);
  await stranger.end();
});

test("a full disk is told with what is left and what is needed", async () => {
  await expect(requireDiskSpace(folder, Number.MAX_SAFE_INTEGER)).rejects.toThrow(
    /\d+ MB are left[\s\S]*nothing was lost/,
  );
  await requireDiskSpace(folder, 0);
});

test("a folder that an earlier start used and that is gone is told", async () => {
  place = join(folder, "gone");
  await expect(start()).rejects.toThrow(/that folder is gone/);
});
