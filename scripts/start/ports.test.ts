import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseFreePort } from "../process/port";
import { parseKeptPorts, settlePorts } from "./ports";

let holder: Server;
let takenPort: number;

beforeEach(async () => {
  takenPort = await chooseFreePort();
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(takenPort, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => holder.close(resolve)));

const settle = (special: Partial<Parameters<typeof settlePorts>[0]>) =>
  settlePorts({ env: {}, kept: {}, keptFile: "ports.json", firstPort: takenPort, ...special });

test("every port is chosen, all different, passing over a taken one", async () => {
  const { ports, kept } = await settle({});
  const values = Object.values(ports);
  expect(new Set(values).size).toBe(11);
  expect(values).not.toContain(takenPort);
  expect(kept).toEqual(ports);
});

test("kept ports are used again", async () => {
  const first = await settle({});
  const second = await settle({ kept: first.kept });
  expect(second).toEqual(first);
});

test("a port from the environment wins, and is not kept", async () => {
  const first = await settle({});
  const given = await chooseFreePort();
  const second = await settle({ env: { KYTKIN_PORT: String(given) }, kept: first.kept });
  expect(second.ports.portal).toBe(given);
  expect(second.kept).toEqual(first.kept);
});

test("a given port that is taken is named with who holds it and what to do", async () => {
  const env = { KYTKIN_MAIL_PORT: String(takenPort) };
  await expect(settle({ env })).rejects.toThrow(
    new RegExp(`Port ${takenPort} \\(mail\\) is taken by process ${process.pid}[\\s\\S]*KYTKIN_MAIL_PORT`),
  );
});

test("a kept port that is taken is not silently replaced", async () => {
  await expect(settle({ kept: { portal: takenPort } })).rejects.toThrow(/delete ports\.json/);
});

test.each(["0", "70000", "http", "80.5"])("%s is not a port", async (text) => {
  await expect(settle({ env: { KYTKIN_PORT: text } })).rejects.toThrow(/KYTKIN_PORT is/);
});

test("one port cannot be given twice", async () => {
  const port = String(await chooseFreePort());
  await expect(settle({ env: { KYTKIN_PORT: port, KYTKIN_MAIL_PORT: port } })).rejects.toThrow(/given twice/);
});

test("a damaged file of kept ports is told", () => {
  expect(() => parseKeptPorts({ portal: "4300" }, "ports.json")).toThrow(/ports\.json is damaged/);
  expect(parseKeptPorts(null, "ports.json")).toEqual({});
});
