import { spawn } from "node:child_process";
import { statfs } from "node:fs/promises";
import { findInstallReason } from "./compare-lockfiles.mjs";

const HEARTBEAT_SECONDS = 15;
/** The installed packages take 1.2 GB. */
const NEEDED_BYTES = 1.5 * 1024 ** 3;

/** npm itself is named by npm when it runs us; else the one on the PATH is used. */
function spawnNpm(root, args) {
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", "pipe", "pipe"] };
  if (npm?.endsWith(".js")) return spawn(process.execPath, [npm, ...args], options);
  return spawn("npm", args, { ...options, shell: process.platform === "win32" });
}

async function runNpm(root, args) {
  const child = spawnNpm(root, [...args, "--no-audit", "--no-fund"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(output.trim() || `npm ended with code ${code}`);
}

/**
 * `npm ci` refuses a lock file that lacks other platforms' optional packages, as one written behind a mirror without
 * them does. `npm install` takes the same versions from it and passes over what it lacks.
 */
async function runInstall(root) {
  const startedAt = Date.now();
  const heartbeat = setInterval(() => {
    console.log(`  still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }, HEARTBEAT_SECONDS * 1000);
  try {
    await runNpm(root, ["ci"]).catch((error) => {
      if (!error.message.includes("EUSAGE")) throw error;
      return runNpm(root, ["install", "--no-save"]);
    });
    return Date.now() - startedAt;
  } finally {
    clearInterval(heartbeat);
  }
}

async function requireRoom(root) {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const leftMegabytes = Math.round((bavail * bsize) / 1024 ** 2);
  throw new Error(
    `The dependencies need 1.5 GB of disk; ${leftMegabytes} MB are left where ${root} is. Make room, then try again.`,
  );
}

/** Installs what package-lock.json names unless it is there already. Throws, in words, when it cannot. */
export async function ensureInstalled(root) {
  const reason = await findInstallReason(root);
  if (reason === null) return;
  await requireRoom(root);
  console.log(`Installing the dependencies (${reason}). This takes a minute or two.`);
  const elapsedMs = await runInstall(root).catch((error) => {
    throw new Error(`${error.message}\n\nnpm could not install the dependencies; its own words are above.`);
  });
  console.log(`Installed in ${Math.round(elapsedMs / 1000)} s.`);
}
