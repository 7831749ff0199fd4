import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** Quiet and alone: no updates, no accounts, no calls home; and root has no sandbox. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

// The headless shell has no windows to draw: journeys take two thirds of the time.
const SYSTEM_NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const MAC_PATHS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export type Browser = { executablePath: string; source: string };

function findPlaywrightsOwn(): Browser | null {
  const executablePath = chromium.executablePath();
  return existsSync(executablePath) ? { executablePath, source: "Playwright's own Chromium" } : null;
}

function findSystems(): Browser | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = [
    ...SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...MAC_PATHS,
  ];
  const executablePath = candidates.find((path) => existsSync(path));
  return executablePath ? { executablePath, source: "the system's browser" } : null;
}

/** A browser that is here already; null when there is none. */
export function findBrowser(): Browser | null {
  return findPlaywrightsOwn() ?? findSystems();
}

function installFromDebian(): Browser | null {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (...args: string[]) => spawnSync("apt-get", args, { env, stdio: "ignore" }).status === 0;
  const installed =
    run("update") && run("install", "-y", "--no-install-recommends", "chromium-headless-shell");
  return installed ? findSystems() : null;
}

/** The Chromium in the npm package, unpacked together with the libraries that a bare system lacks. */
async function unpackFromNpm(): Promise<Browser> {
  const { default: packaged, inflate, setupLambdaEnvironment } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  const libraries = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium/bin/al2023.tar.br");
  await inflate(libraries);
  setupLambdaEnvironment(join(tmpdir(), "al2023", "lib"));
  return { executablePath, source: "the Chromium of an npm package" };
}

/** A browser in any case: found, installed from Debian's archive when we are root there, or unpacked from npm. */
export async function getBrowser(): Promise<Browser> {
  return findBrowser() ?? installFromDebian() ?? (await unpackFromNpm());
}
