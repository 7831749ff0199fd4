import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Child, ChildSpec } from "./child";
import { chooseFreePort } from "./port";
import { Supervisor } from "./supervisor";
import { waitUntil } from "./wait-until";

const ENDLESS = "setInterval(() => {}, 1000)";
const TIMEOUT_MS = 10_000;

let logs: string;
let said: string[];
let running: readonly Child[];
let givenUp: unknown;
let supervisor: Supervisor;

function makeSupervisor(): Supervisor {
  said = [];
  running = [];
  givenUp = undefined;
  return new Supervisor({
    logFile: (name) => join(logs, `${name}.log`),
    say: (words) => said.push(words),
    onChange: (children) => {
      running = children;
    },
    onGiveUp: (error) => {
      givenUp = error;
    },
    firstDelayMs: 1,
  });
}

function describeNode(name: string, code: string, special: Partial<ChildSpec> = {}): ChildSpec {
  return {
    name,
    command: process.execPath,
    args: ["-e", code],
    env: {},
    cwd: logs,
    stopSignal: "SIGTERM",
    killSignal: "SIGKILL",
    stopTimeoutMs: TIMEOUT_MS,
    isReady: async () => true,
    readyTimeoutMs: TIMEOUT_MS,
    ...special,
  };
}

const pidOf = (name: string): number | undefined => running.find(({ spec }) => spec.name === name)?.pid;

beforeAll(async () => {
  logs = await mkdtemp(join(tmpdir(), "kytkin-supervisor-"));
});
afterEach(() => supervisor.stopAll());
afterAll(() => rm(logs, { recursive: true }));

test("a child that dies is started again, and both are told", async () => {
  supervisor = makeSupervisor();
  await supervisor.start(describeNode("worker", ENDLESS));
  const first = pidOf("worker");
  if (first === undefined) throw new Error("not running");
  process.kill(first, "SIGKILL");
  expect(await waitUntil(() => said.length === 2, TIMEOUT_MS)).toBe(true);
  expect(said[0]).toMatch(/worker ended unexpectedly \(signal SIGKILL\)/);
  expect(said[1]).toBe("The worker is back.");
  expect(pidOf("worker")).not.toBe(first);
});

test("one that answers and ends at once is never called back", async () => {
  supervisor = makeSupervisor();
  const file = join(logs, "brief.log");
  const { readTail } = await import("./log-file");
  let starts = 0;
  await supervisor.start(
    describeNode("brief", "console.log(process.pid, 'answers'); setTimeout(() => process.exit(1), 200)", {
      isReady: async () => readTail(file).trim().split("\n").filter(Boolean).length > starts && ++starts > 0,
    }),
  );
  expect(await waitUntil(() => givenUp !== undefined, 60_000)).toBe(true);
  expect(said.filter((words) => words.includes("is back"))).toEqual([]);
}, 70_000);

const listenOn = (port: number) => `require("node:net").createServer().listen(${port}, "127.0.0.1")`;

/** A program that is not the supervisor's, on a port that the supervisor's child wants. */
async function holdPort(port: number): Promise<Server> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
  return holder;
}

const release = (holder: Server) => new Promise((resolve) => holder.close(resolve));

test("a child whose port another program holds is not started, and that program is named", async () => {
  supervisor = makeSupervisor();
  const port = await chooseFreePort();
  const holder = await holdPort(port);
  const spec = describeNode("portal", listenOn(port), { ports: [port] });
  // Whatever answers there is not the child.
  await expect(supervisor.start(spec)).rejects.toThrow(
    new RegExp(`portal cannot start: port ${port} is taken by process ${process.pid}`),
  );
  expect(running).toEqual([]);
  await release(holder);
});

test("a child that died while another program took its port waits for that program, and is back afterwards", async () => {
  supervisor = makeSupervisor();
  const port = await chooseFreePort();
  await supervisor.start(describeNode("portal", ENDLESS, { ports: [port] }));
  const holder = await holdPort(port);
  const first = pidOf("portal");
  if (first === undefined) throw new Error("not running");
  process.kill(first, "SIGKILL");
  const isTold = () =>
    said.some((words) => words.includes(`port ${port} is taken by process ${process.pid}`));
  expect(await waitUntil(isTold, TIMEOUT_MS)).toBe(true);
  expect(said).not.toContain("The portal is back.");
  await release(holder);
  expect(await waitUntil(() => said.includes("The portal is back."), TIMEOUT_MS)).toBe(true);
}, 30_000);

test("one that keeps dying is given up with the end of its log", async () => {
  supervisor = makeSupervisor();
  await supervisor.start(describeNode("worker", "console.error('no such table'); process.exit(3)"));
  expect(await waitUntil(() => givenUp !== undefined, TIMEOUT_MS)).toBe(true);
  expect(String(givenUp)).toMatch(/worker ended 6 times[\s\S]*no such table/);
});

test("one that ends before it is ready fails the start with the end of its log", async () => {
  supervisor = makeSupervisor();
  const spec = describeNode("portal", "console.error('bad setting'); process.exit(2)", {
    isReady: async () => false,
  });
  await expect(supervisor.start(spec)).rejects.toThrow(
    /portal ended while it was starting \(exit code 2\)[\s\S]*bad setting/,
  );
  expect(running).toEqual([]);
});

test("a command that does not exist fails the start", async () => {
  supervisor = makeSupervisor();
  const spec = describeNode("portal", "", { command: join(logs, "nothing-here") });
  await expect(supervisor.start(spec)).rejects.toThrow(/portal cannot be started/);
});

test("everything is stopped in the reverse order of its start, also after a new start of the first", async () => {
  supervisor = makeSupervisor();
  await supervisor.start(describeNode("database", ENDLESS));
  await supervisor.start(describeNode("worker", ENDLESS));
  const first = pidOf("database");
  if (first === undefined) throw new Error("not running");
  process.kill(first, "SIGKILL");
  expect(await waitUntil(() => said.includes("The database is back."), TIMEOUT_MS)).toBe(true);
  const order: string[] = [];
  for (const { spec, exited } of running) void exited.then(() => order.push(spec.name));
  await supervisor.stopAll();
  expect(order).toEqual(["worker", "database"]);
});

test("one that does not listen is ended all the same", async () => {
  supervisor = makeSupervisor();
  const file = join(logs, "deaf.log");
  const { readTail } = await import("./log-file");
  await supervisor.start(
    describeNode("deaf", `process.on("SIGTERM", () => {}); console.log("deaf"); ${ENDLESS}`, {
      stopTimeoutMs: 200,
      isReady: async () => readTail(file) === "deaf",
    }),
  );
  const [child] = running;
  await supervisor.stopAll();
  expect(await child?.exited).toEqual({ code: null, signal: "SIGKILL" });
});
