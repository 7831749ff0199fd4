import { connect } from "node:net";
import { join } from "node:path";
import type { ChildSpec } from "../process/child";
import { typeScriptArgs } from "../process/run-command";
import { bundleOf } from "./bundle";
import { takesJobs } from "./database";
import { describeEnvironments, describeUrls, type Installation } from "./environment";
import { ROOT } from "./home";

const READY_TIMEOUT_MS = 60_000;
/** Longer than the web server takes to drain, and than a job's step usually takes. */
const STOP_TIMEOUT_MS = 15_000;

/** Whether a URL answers with success. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
    await response.arrayBuffer();
    return response.status < 400;
  } catch {
    return false;
  }
}

type Service = Pick<ChildSpec, "name" | "args" | "env" | "isReady" | "ports">;

function describeService(service: Service): ChildSpec {
  return {
    ...service,
    command: process.execPath,
    cwd: ROOT,
    stopSignal: "SIGTERM",
    killSignal: "SIGKILL",
    stopTimeoutMs: STOP_TIMEOUT_MS,
    readyTimeoutMs: READY_TIMEOUT_MS,
  };
}

export type Services = Record<"web" | "worker" | "gateway" | "intake" | "sandbox" | "mail", ChildSpec>;

/** How to run each part of the product, the database aside. */
export function describeServices(installation: Installation): Services {
  const environments = describeEnvironments(installation);
  const { ports } = installation;
  const urls = describeUrls(ports);
  const script = (path: string) => join(ROOT, path);
  // What production runs.
  const bundleArgs = (name: string) => ["--enable-source-maps", bundleOf(name)];
  return {
    web: describeService({
      name: "portal",
      args: [script("scripts/start-web.mjs")],
      env: environments.web,
      ports: [ports.portal],
      isReady: () => answers(`${urls.portal}/api/health/ready`),
    }),
    worker: describeService({
      name: "worker",
      args: bundleArgs("start-worker"),
      env: environments.worker,
      isReady: (startedAt) => takesJobs(installation, startedAt),
    }),
    gateway: describeService({
      name: "gateway",
      args: bundleArgs("start-gateway"),
      env: environments.gateway,
      ports: [ports.gateway],
      isReady: () => answers(`${urls.gateway}/health`),
    }),
    intake: describeService({
      name: "intake",
      args: bundleArgs("start-intake"),
      env: environments.intake,
      ports: [ports.sftp],
      isReady: () => greetsAsSsh(ports.sftp),
    }),
    sandbox: describeService({
      name: "sandbox",
      args: typeScriptArgs(script("sandbox/start.ts")),
      env: environments.sandbox,
      ports: [ports.sandbox, ports.procountor, ports.poweroffice, ports.superoffice],
      isReady: async () =>
        (await answers(urls.sandbox)) &&
        (await isListening(urls.procountor)) &&
        (await isListening(urls.poweroffice)) &&
        (await isListening(urls.superoffice)),
    }),
    mail: describeService({
      name: "mail catcher",
      args: typeScriptArgs(script("scripts/start-mail-catcher.ts")),
      env: environments.mail,
      ports: [ports.mail, ports.smtp],
      isReady: () => answers(`${urls.mail}/api/healthz`),
    }),
  };
}

/** Whether an SSH server says its first line there. */
function greetsAsSsh(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: 5_000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("data", (line) => end(line.toString("latin1").startsWith("SSH-2.0-")));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
    socket.once("close", () => end(false));
  });
}

/** Whether anything answers there, with success or not. */
async function isListening(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}
