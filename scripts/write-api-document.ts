import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findIncompatibilities } from "@/lib/partner/api/find-incompatibilities";
import { makeOpenApiDocument } from "@/lib/partner/api/openapi";

const path = fileURLToPath(new URL("../docs/api/openapi.json", import.meta.url));
const current = makeOpenApiDocument();
const broken = findIncompatibilities(JSON.parse(readFileSync(path, "utf8")), current);
if (broken.length > 0 && !process.argv.includes("--breaking")) {
  process.stderr.write(
    `Programs of partners would break:\n${broken.map((line) => `- ${line}`).join("\n")}\nKeep what there was, or say --breaking.\n`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(path, `${JSON.stringify(current, null, 2)}\n`);
}
