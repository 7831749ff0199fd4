import { readFile } from "node:fs/promises";
import { join } from "node:path";

async function readPackages(file) {
  const { packages } = JSON.parse(await readFile(file, "utf8"));
  return packages ?? {};
}

/**
 * Says why the dependencies have to be installed, or null when they are all there. npm writes
 * `node_modules/.package-lock.json` as the last act of an installation, so an interrupted one has none.
 */
export async function findInstallReason(root) {
  const wanted = await readPackages(join(root, "package-lock.json"));
  let installed;
  try {
    installed = await readPackages(join(root, "node_modules", ".package-lock.json"));
  } catch {
    return "they are not installed yet";
  }
  for (const [path, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    if (path === "" || link) continue;
    const present = installed[path];
    // Optional packages are left out on the platforms that they are not for.
    if (present === undefined && (optional || devOptional)) continue;
    if (present?.version !== version) return "package-lock.json has changed";
  }
  return null;
}
