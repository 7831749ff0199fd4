import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Child, startChild } from "../process/child";
import { findProcess } from "../process/identity";
import { waitUntil } from "../process/wait-until";
import { claimHome, clearHome } from "./claim";
import { describeHome, type Home, logFile, readJson, writeJson } from "./home";
import { prepareHome } from "./home-mark";
import { removeHome } from "./remove-home";

const ENDED = { pid: 1, startedAt: "before this machine was switched on" };

let home: Home;
let child: Child;

beforeEach(async () => {
  home = describeHome(await mkdtemp(join(tmpdir(), "kytkin-claim-")));
  await prepareHome(home);
  child = startChild(
    {
      name: "worker",
      command: process.execPath,
      args: ["-e", "setInterval(() => {}, 1000)"],
      env: {},
      cwd: home.directory,
      stopSignal: "SIGTERM",
      killSignal: "SIGKILL",
      stopTimeoutMs: 5_000,
      isReady: async () => true,
      readyTimeoutMs: 5_000,
    },
    logFile(home, "worker"),
  );
});
afterEach(async () => {
  await child.stop();
  await rm(home.directory, { recursive: true, force: true });
});

test("a home in use is neither taken nor removed", async () => {
  const claim = await claimHome(home);
  await expect(clearHome(home)).rejects.toThrow(`process ${process.pid}`);
  await expect(removeHome(home)).rejects.toThrow(/already runs/);
  await claim.release();
  expect(await clearHome(home)).toEqual([]);
});

test("what a killed launcher left running is stopped and named", async () => {
  const claim = await claimHome(home);
  claim.record([child]);
  const isRecorded = () => JSON.stringify(readJson(home.files.run)).includes(`"pid":${child.pid}`);
  expect(await waitUntil(isRecorded, 5_000)).toBe(true);
  await writeJson(home.files.run, { ...(readJson(home.files.run) as object), launcher: ENDED });
  expect(await clearHome(home)).toEqual(["worker"]);
  expect((await child.exited).signal).toBe("SIGTERM");
  expect(readJson(home.files.run)).toBeNull();
});

test("a process that only has the same id is left alone", async () => {
  const other = {
    ...findProcess(child.pid),
    startedAt: "another time",
    name: "worker",
    stopSignal: "SIGTERM",
  };
  await writeJson(home.files.run, { launcher: ENDED, children: [other] });
  expect(await clearHome(home)).toEqual([]);
  expect(child.hasExited()).toBe(false);
});

/** The file as starts wrote it before they named the home in it. */
const writeUnnamed = () =>
  writeJson(home.files.run, {
    launcher: ENDED,
    children: [{ ...findProcess(child.pid), name: "worker", stopSignal: "SIGTERM" }],
  });

// Only Linux tells what a process writes to.
test.runIf(process.platform === "linux")(
  "a child that writes to this home's log is this home's",
  async () => {
    await writeUnnamed();
    expect(await clearHome(home)).toEqual(["worker"]);
    expect((await child.exited).signal).toBe("SIGTERM");
  },
);

test("a child that serves the home which this one was copied from is named and left alone", async () => {
  await rename(logFile(home, "worker"), join(home.logs, "of-another-home.log"));
  await writeUnnamed();
  await expect(clearHome(home)).rejects.toThrow(
    new RegExp(`worker \\(process ${child.pid}\\)[\\s\\S]*not stopped`),
  );
  expect(child.hasExited()).toBe(false);
});

test("of two starts at once one is told that the other runs", async () => {
  const claims = await Promise.allSettled([claimHome(home), claimHome(home)]);
  expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  for (const claim of claims) if (claim.status === "fulfilled") await claim.value.release();
});

test.each(["{", "{}"])("a damaged run.json (%s) is told, and nothing is stopped", async (content) => {
  await writeFile(home.files.run, content);
  await expect(clearHome(home)).rejects.toThrow(/run\.json is damaged/);
  expect(child.hasExited()).toBe(false);
});
