import { readPageBytes } from "../e2e/support/page-bytes";
import { ensureBuilt } from "../scripts/start/build";

await ensureBuilt();
const pages = await readPageBytes();
console.log("| page | scripts, KB compressed |\n|---|---|");
for (const { page, scriptBytes } of pages.sort((one, other) => other.scriptBytes - one.scriptBytes))
  console.log(`| ${page} | ${(scriptBytes / 1024).toFixed(1)} |`);
