import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Child, startChild } from "../process/child";
import { findProcess } from "../process/identity";
import { waitUntil } from "../process/wait-until";
import { claimHome, clearHome } from "./claim";
import { describeHome, type Home, readJson, writeJson } from "./home";
import { removeHome } from "./remove-home";

const ENDED = { pid: 1, startedAt: "before this machine was switched on" };

let home: Home;
let child: Child;

beforeEach(async () => {
  home = describeHome(await mkdtemp(join(tmpdir(), "kytkin-claim-")));
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
    join(home.directory, "worker.log"),
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

test("a folder that is not ours is not removed", async () => {
  await expect(removeHome(home)).rejects.toThrow(/does not look like/);
});
