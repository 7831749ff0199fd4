import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { SUPEROFFICE_SECRETS } from "@/testing/superoffice-sandbox";

const root = fileURLToPath(new URL("..", import.meta.url));
const children: ChildProcess[] = [];
let stateDir = "";

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  if (stateDir !== "") await rm(stateDir, { recursive: true, force: true });
});

function start(settings: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/start.ts"], {
    cwd: root,
    env: { PATH: process.execPath, NODE_ENV: "test", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

test("it says where it listens, and SIGTERM ends it", async () => {
  stateDir = await mkdtemp(join(tmpdir(), "kytkin-sandbox-"));
  const child = start({
    SANDBOX_PORT: "0",
    SANDBOX_PROCOUNTOR_PORT: "0",
    SANDBOX_POWEROFFICE_PORT: "0",
    SANDBOX_SUPEROFFICE_PORT: "0",
    SANDBOX_APPLICATION_TOKEN: SUPEROFFICE_SECRETS.applicationToken,
    SANDBOX_PRIVATE_KEY: SUPEROFFICE_SECRETS.privateKey,
    SANDBOX_APPLICATION_KEY: "8d6f5a52-6c0e-4b8c-9a53-0f6f3f3f1c11",
    SANDBOX_SUBSCRIPTION_KEY: "subscription",
    SANDBOX_STATE_DIR: stateDir,
    SANDBOX_PORTAL_URL: "http://localhost:4300",
    SANDBOX_CLIENT_SECRET: "secret",
    SANDBOX_M2M_API_KEY: "key",
    SANDBOX_PARTNER_API_KEY: "kp_test",
  });
  if (!child.stdout) throw new Error("no output");
  const [line] = await once(createInterface(child.stdout), "line");
  const ready = JSON.parse(line);
  expect(ready).toMatchObject({ ready: true });
  const index = await (await fetch(ready.sandboxUrl)).text();
  expect(index).toContain(`${ready.procountorUrl}/ui/activate/esimerkki-orders`);
  expect(index).toContain(`${ready.powerofficeUrl}/sandbox`);
  expect((await fetch(`${ready.procountorUrl}/ui/activate/esimerkki-orders`)).status).toBe(200);
  expect(index).toContain(`${ready.superofficeUrl}/sandbox`);
  for (const url of [ready.powerofficeUrl, ready.superofficeUrl])
    expect((await fetch(`${url}/sandbox`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a setting that is missing is named", async () => {
  const child = start({ SANDBOX_PORT: "0" });
  let output = "";
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(output).toContain("SANDBOX_STATE_DIR is not set");
});
