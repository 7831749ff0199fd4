import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { chooseFreePort } from "../../../scripts/process/port";
import { describeEnvironments } from "../../../scripts/start/environment";
import { ROOT } from "../../../scripts/start/home";
import { readInstallation } from "./installation";

const START_TIMEOUT_MS = 30_000;

/** One more web process of the same installation, which stands behind no proxy. */
export async function startUnproxiedWeb(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { web } = describeEnvironments({ ...(await readInstallation()), trustedProxies: "0" });
  const port = await chooseFreePort();
  const child = spawn(process.execPath, ["scripts/start-web.mjs"], {
    cwd: ROOT,
    env: { ...web, NODE_ENV: "production", PORT: String(port) },
    stdio: "ignore",
  });
  const url = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || !child.kill("SIGKILL")) return;
    await once(child, "exit");
  };
  const isReady = () =>
    fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect
    .poll(isReady, { timeout: START_TIMEOUT_MS })
    .toBe(true)
    .catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  return { url, stop };
}
