import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { adminUrl } from "../postgres/server";
import { type Child, startChild, waitUntilReady } from "../process/child";
import { chooseFreePort } from "../process/port";
import { claimHome, clearHome, requireIdle } from "./claim";
import { prepareDatabase } from "./database";
import { requireDatabasePlace } from "./database-place";
import { describeHome, type Home, readJson, writeJson } from "./home";
import { prepareHome } from "./home-mark";
import { planRemoval, removeHome } from "./remove-home";
import { loadSecrets } from "./secrets";

/* Homes that are copied, renamed and removed beside each other, as `npm start` and `npm run reset` meet them. */

const isRoot = process.getuid?.() === 0;

let root: string;
let running: Running[];

type Running = { home: Home; directory: string; child: Child; sql: Sql; stop(): Promise<void> };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kytkin-homes-"));
  await chmod(root, 0o711);
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stop();
  for (const { directory } of running) await rm(directory, { recursive: true, force: true });
  await rm(root, { recursive: true, force: true });
}, 60_000);

const homeAt = (name: string): Home => describeHome(join(root, name));

/** What the launcher does with a home, as far as the database. */
async function start(home: Home, adopted?: string): Promise<Running> {
  await prepareHome(home);
  requireIdle(home);
  const known = requireDatabasePlace(home, adopted);
  const { secrets } = await loadSecrets(home, known !== null);
  await clearHome(home);
  const claim = await claimHome(home);
  const port = await chooseFreePort();
  const ports = {
    portal: 1,
    sandbox: 2,
    procountor: 3,
    mail: 4,
    smtp: 5,
    postgres: port,
    poweroffice: 7,
    superoffice: 8,
    gateway: 9,
    sftp: 10,
    guide: 11,
  };
  await writeJson(home.files.ports, { postgres: port });
  const installation = { home, ports, secrets, trustedProxies: "0", runsIntake: true, runsGateway: true };
  const prepared = await prepareDatabase(installation, known, false).catch(async (error: unknown) => {
    await claim.release();
    throw error;
  });
  const child = startChild(prepared.spec, join(home.logs, "database.log"));
  await waitUntilReady(child);
  const url = `${adminUrl(port, secrets.postgresAdminPassword)}/postgres`;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  let isStopped = false;
  const one: Running = {
    home,
    directory: prepared.spec.cwd,
    child,
    sql,
    stop: async () => {
      if (isStopped) return;
      isStopped = true;
      await sql.end();
      await child.stop();
      await prepared.release();
      await claim.release();
    },
  };
  running.push(one);
  return one;
}

async function writeNote({ sql }: Running, words: string): Promise<void> {
  await sql`create table if not exists notes (words text)`;
  await sql`delete from notes`;
  await sql`insert into notes values (${words})`;
}

const readNote = async ({ sql }: Running): Promise<unknown> => (await sql`select words from notes`)[0]?.words;

/** `cp -a`, with owners and times. */
async function copy(from: string, to: string): Promise<void> {
  const child = spawn("cp", ["-a", join(root, from), join(root, to)], { stdio: "inherit" });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
}

/** Makes a home as starts left it before there were marks: an absolute path, and nothing else that names it. */
async function removeMarks({ home, directory }: Running): Promise<void> {
  await rm(home.files.mark, { force: true });
  await rm(join(directory, "kytkin-home.json"), { force: true });
  // Written as it is: the file stays the one that was made with the database.
  await writeFile(home.files.postgres, JSON.stringify({ directory }));
}

async function makeHome(name: string, words: string): Promise<Running> {
  const one = await start(homeAt(name));
  await writeNote(one, words);
  await one.stop();
  return one;
}

describe.each(["marked", "unmarked"])("a %s home", (kind) => {
  const make = async (name: string, words: string): Promise<Running> => {
    const one = await makeHome(name, words);
    if (kind === "unmarked") await removeMarks(one);
    return one;
  };

  test("that is copied: the copy has its own database, and neither its start nor its reset touches the original", async () => {
    await make("one", "the original's");
    await copy("one", "two");
    const original = await start(homeAt("one"));
    const second = await start(homeAt("two"));
    expect(second.directory).toBe(homeAt("two").postgres);
    await writeNote(second, "the copy's");
    expect(await readNote(original)).toBe("the original's");
    await second.stop();
    expect(planRemoval(homeAt("two")).folders).toEqual([homeAt("two").directory]);
    await removeHome(homeAt("two"));
    expect(existsSync(homeAt("two").directory)).toBe(false);
    expect(original.child.hasExited()).toBe(false);
    expect(await readNote(original)).toBe("the original's");
  }, 120_000);

  test("that is renamed goes on, also when another one stands at its old place", async () => {
    await make("one", "the older one's");
    await rename(homeAt("one").directory, homeAt("older").directory);
    const newer = await start(homeAt("one"));
    await writeNote(newer, "the newer one's");
    const older = await start(homeAt("older"));
    expect(await readNote(older)).toBe("the older one's");
    await older.stop();
    await removeHome(homeAt("older"));
    expect(await readNote(newer)).toBe("the newer one's");
  }, 120_000);
});

test("an unmarked home is marked by its next start, and its path inside the home is relative", async () => {
  await removeMarks(await makeHome("one", "words"));
  const again = await start(homeAt("one"));
  expect(await readNote(again)).toBe("words");
  expect(readJson(again.home.files.postgres)).toEqual({ directory: "postgres" });
  expect(readJson(again.home.files.mark)).toHaveProperty("kytkinHome");
  expect(readJson(join(again.directory, "kytkin-home.json"))).toMatchObject({
    home: { path: again.home.directory },
  });
}, 120_000);

// Only as root is the database put outside a home that its own user cannot enter.
describe.runIf(isRoot).each(["marked", "unmarked"])("a %s home with its database outside", (kind) => {
  const make = async (name: string, words: string): Promise<Running> => {
    await chmod(root, 0o700);
    const one = await makeHome(name, words);
    expect(one.directory.startsWith(root)).toBe(false);
    if (kind === "unmarked") await removeMarks(one);
    return one;
  };

  test("goes on, also when it is renamed", async () => {
    await make("one", "words");
    const again = await start(homeAt("one"));
    expect(await readNote(again)).toBe("words");
    await again.stop();
    await rename(homeAt("one").directory, homeAt("two").directory);
    expect(await readNote(await start(homeAt("two")))).toBe("words");
  }, 120_000);

  test("that is copied: the copy is refused in words, and its reset leaves the database alone", async () => {
    const { directory } = await make("one", "the original's");
    await copy("one", "two");
    const original = await start(homeAt("one"));
    await expect(start(homeAt("two"))).rejects.toThrow(
      new RegExp(`${directory}, which belongs to ${original.home.directory}[\\s\\S]*Nothing was touched`),
    );
    // A word of the person at the terminal does not take a database that is in use.
    await expect(start(homeAt("two"), directory)).rejects.toThrow(/already runs from/);
    const { folders, left } = planRemoval(homeAt("two"));
    expect(folders).toEqual([homeAt("two").directory]);
    expect(left.join()).toContain(directory);
    await removeHome(homeAt("two"));
    expect(await readNote(original)).toBe("the original's");
  }, 120_000);
});

describe.runIf(isRoot)("a home with its database outside", () => {
  const make = async (name: string, words: string): Promise<Running> => {
    await chmod(root, 0o700);
    return makeHome(name, words);
  };

  test("is given up to another one only when that is asked for by name", async () => {
    const { directory } = await make("one", "words");
    await copy("one", "two");
    await rm(homeAt("one").directory, { recursive: true });
    await expect(start(homeAt("two"))).rejects.toThrow(/KYTKIN_ADOPT_DATABASE/);
    await expect(start(homeAt("two"), join(root, "elsewhere"))).rejects.toThrow(/KYTKIN_ADOPT_DATABASE/);
    expect(await readNote(await start(homeAt("two"), directory))).toBe("words");
  }, 120_000);

  test("is removed with it, and both folders are named before", async () => {
    const { directory, home } = await make("one", "words");
    expect(planRemoval(home).folders).toEqual([home.directory, directory]);
    await removeHome(home);
    expect(existsSync(directory) || existsSync(home.directory)).toBe(false);
  }, 120_000);

  test("whose postgres.json is lost is found by its mark", async () => {
    await make("one", "words");
    await rm(homeAt("one").files.postgres);
    expect(await readNote(await start(homeAt("one")))).toBe("words");
  }, 120_000);
});

test("a copy that was made while the product ran is refused, and the original goes on", async () => {
  const original = await start(homeAt("one"));
  await writeNote(original, "the original's");
  await original.sql`checkpoint`;
  await copy("one", "two");
  for (const touch of [() => start(homeAt("two")), () => removeHome(homeAt("two"))])
    await expect(touch()).rejects.toThrow(/is a copy of .*one that was made while Kytkin ran/);
  // As the words say; the database recovers as after a power cut, and the server of the original is not taken for its own.
  await rm(homeAt("two").files.run);
  const second = await start(homeAt("two"));
  expect(await readNote(second)).toBe("the original's");
  expect(original.child.hasExited()).toBe(false);
  expect(await readNote(original)).toBe("the original's");
}, 120_000);

test("two homes that lead to one database by a link: the second is refused while the first runs", async () => {
  const first = await makeHome("one", "the first one's");
  const again = await start(first.home);
  await prepareHome(homeAt("two"));
  await cp(first.home.files.secrets, homeAt("two").files.secrets);
  await symlink(first.home.postgres, homeAt("two").postgres);
  await expect(start(homeAt("two"))).rejects.toThrow(/belongs to/);
  await removeHome(homeAt("two"));
  expect(await readNote(again)).toBe("the first one's");
}, 120_000);

test("a folder that is used for something else is neither taken nor removed", async () => {
  const home = homeAt("work");
  await mkdir(home.directory);
  await writeFile(join(home.directory, "thesis.txt"), "years");
  await writeFile(home.files.ports, "{}");
  await expect(prepareHome(home)).rejects.toThrow(/not Kytkin's \(thesis\.txt/);
  await expect(removeHome(home)).rejects.toThrow(/does not look like/);
  expect((await readdir(home.directory)).sort()).toEqual(["ports.json", "thesis.txt"]);
});

test("what a person put into a home outlives its reset", async () => {
  const home = homeAt("one");
  await prepareHome(home);
  await writeJson(home.files.ports, {});
  await writeFile(join(home.directory, "dump.sql"), "rows");
  expect(planRemoval(home).left).toEqual([`${join(home.directory, "dump.sql")}: not Kytkin's.`]);
  await removeHome(home);
  expect(await readdir(home.directory)).toEqual(["dump.sql", basename(home.files.mark)]);
});

test("a home behind a link is removed with the link", async () => {
  await prepareHome(homeAt("real"));
  await symlink(homeAt("real").directory, homeAt("link").directory);
  await removeHome(homeAt("link"));
  expect(await readdir(root)).toEqual([]);
});

test.each(["{", "{}", '{"directory": 5}'])(
  "a postgres.json that is damaged (%s) is told, and no database is made",
  async (content) => {
    const home = homeAt("one");
    await prepareHome(home);
    await writeFile(home.files.postgres, content);
    await expect(start(home)).rejects.toThrow(/postgres\.json is damaged/);
    expect(existsSync(home.postgres) || existsSync(home.files.run)).toBe(false);
  },
);

test("a home whose postgres.json is lost finds the database inside", async () => {
  const { home } = await makeHome("one", "words");
  await rm(home.files.postgres);
  expect(await readNote(await start(home))).toBe("words");
}, 120_000);

test("a database that is gone is told, and no new one is made", async () => {
  const { home } = await makeHome("one", "words");
  await rename(home.postgres, join(root, "saved"));
  await expect(start(home)).rejects.toThrow(/that folder is gone/);
  await rename(join(root, "saved"), home.postgres);
  expect(await readNote(await start(home))).toBe("words");
}, 120_000);

test("a secrets.json of another home is told at once", async () => {
  const { home } = await makeHome("one", "words");
  await makeHome("two", "others");
  await cp(homeAt("two").files.secrets, home.files.secrets);
  await expect(start(home)).rejects.toThrow(/does not take the password/);
}, 120_000);
